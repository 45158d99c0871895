package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** States of the cluster as a whole, whatever the locus. */
final class ClusterStates {

  private static final Duration UNSCHEDULED = Duration.ofSeconds(60);

  /** Schemes of provider ids behind which there is no cloud that makes load balancers. */
  private static final Set<String> LOCAL_PROVIDERS = Set.of("kind", "k3s", "k3d", "minikube");

  private ClusterStates() {}

  static boolean holds(StateKind state, TopologyView view) {
    return switch (state) {
      case NO_LOAD_BALANCER_IMPLEMENTATION -> noImplementation(view);
      case CLOUD_CONTROLLER_NOT_RUNNING -> cloudControllerNotRunning(view);
      case NO_NODE_ELIGIBLE_FOR_LOAD_BALANCERS -> {
        List<ObjectSnapshot> nodes = view.all("Node");
        yield !nodes.isEmpty() && nodes.stream().noneMatch(NodeStates::isEligibleForLoadBalancers);
      }
      case NODES_OF_ONE_ZONE_DOWN -> oneZoneDown(view);
      case SEVERAL_NODES_NOT_READY -> {
        List<ObjectSnapshot> nodes = view.all("Node");
        long down = nodes.stream().filter(NodeStates::isNotReady).count();
        yield down >= 3 && 10 * down >= 3L * nodes.size();
      }
      case PODS_UNSCHEDULED -> {
        Instant horizon = view.time().minus(UNSCHEDULED);
        yield view.unscheduled().stream()
                .filter(pod -> isOlder(pod, horizon))
                // The scheduler has looked at those, and said why not.
                .filter(pod -> pod.attribute(Attributes.UNSCHEDULABLE_REASON) == null)
                .count()
            >= 3;
      }
      case DNS_WITHOUT_ENDPOINTS -> {
        List<ObjectSnapshot> dns =
            view.in("Service", "kube-system").stream().filter(ClusterStates::isDns).toList();
        yield !dns.isEmpty()
            && dns.stream()
                .allMatch(service -> EndpointStates.ready(service, view).orElse(-1) == 0);
      }
      case DNS_SERVICE_MISSING ->
          !view.in("Service", "kube-system").isEmpty()
              && view.all("Service").stream().noneMatch(ClusterStates::isDns);
      default -> throw new IllegalArgumentException(state + " is not a state of the cluster");
    };
  }

  private static boolean noImplementation(TopologyView view) {
    return view.isObserved("Node")
        && view.isObserved("Pod")
        && view.all("Service").stream()
            .noneMatch(service -> service.attribute(Attributes.LOAD_BALANCER) != null)
        && view.all("Node").stream()
            .map(node -> ChangeDraft.value(node, Attributes.PROVIDER))
            .allMatch(provider -> provider.isEmpty() || LOCAL_PROVIDERS.contains(provider))
        && view.balancers().isEmpty();
  }

  private static boolean cloudControllerNotRunning(TopologyView view) {
    List<ObjectSnapshot> controllers =
        view.balancers().stream()
            .filter(one -> LoadBalancerControllers.isOfCloud(one.entity()))
            // Old revisions have no pods, and mean nothing.
            .filter(one -> !one.entity().kind().equals("ReplicaSet"))
            .toList();
    return !controllers.isEmpty()
        && controllers.stream()
            .noneMatch(
                one ->
                    one.entity().kind().equals("Pod")
                        ? NodeStates.isReady(one)
                        : Numbers.of(one, Attributes.REPLICAS_READY).orElse(0) > 0);
  }

  private static boolean oneZoneDown(TopologyView view) {
    List<ObjectSnapshot> nodes = view.all("Node");
    List<ObjectSnapshot> down = nodes.stream().filter(NodeStates::isNotReady).toList();
    String zone = down.isEmpty() ? null : down.get(0).attribute(Attributes.ZONE);
    return zone != null && down.size() >= 2 && NodeStates.othersWell(zone, nodes);
  }

  private static boolean isOlder(ObjectSnapshot pod, Instant horizon) {
    Instant created = pod.createdAt();
    return created != null && created.isBefore(horizon);
  }

  /** By its name, or by the pods that every distribution labels so for its clients' sake. */
  private static boolean isDns(ObjectSnapshot service) {
    String name = service.entity().name();
    return name.equals("kube-dns")
        || name.contains("coredns")
        || name.equals("dns-default")
        || "kube-dns".equals(service.selector().get("k8s-app"));
  }
}
