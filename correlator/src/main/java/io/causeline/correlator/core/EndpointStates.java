package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A Service's ready endpoints and where they are: by its EndpointSlices; where no slices are
 * observed, by the pods that its selector matches.
 */
final class EndpointStates {

  /** An endpoint outlives its pod for a moment; after this it is stale. */
  private static final Duration STALE = Duration.ofSeconds(60);

  private EndpointStates() {}

  static boolean holds(StateKind state, EntityRef subject, TopologyView view) {
    ObjectSnapshot service = subject.kind().equals("Service") ? view.nearest(subject) : null;
    if (service == null) {
      return false;
    }
    return switch (state) {
      case ENDPOINTS_READY -> ready(service, view).orElse(0) > 0;
      case ENDPOINTS_NONE -> !isAlias(service) && ready(service, view).orElse(-1) == 0;
      case SELECTORLESS_WITHOUT_ENDPOINTS ->
          service.selector().isEmpty() && !isAlias(service) && ready(service, view).orElse(-1) == 0;
      case ENDPOINTS_STALE -> stale(service, view);
      case LOCAL_POLICY_WITHOUT_LOCAL_ENDPOINT ->
          isLocal(service, Attributes.EXTERNAL_TRAFFIC_POLICY) && nodeWithout(service, view);
      case INTERNAL_LOCAL_WITHOUT_LOCAL_ENDPOINT ->
          isLocal(service, Attributes.INTERNAL_TRAFFIC_POLICY) && nodeWithout(service, view);
      case LOCAL_POLICY_UNEVEN ->
          isLocal(service, Attributes.EXTERNAL_TRAFFIC_POLICY) && uneven(service, view);
      default -> throw new IllegalArgumentException(state + " is not told by endpoints");
    };
  }

  /** A name for something outside has no endpoints. */
  private static boolean isAlias(ObjectSnapshot service) {
    return "ExternalName".equals(service.attribute(Attributes.TYPE));
  }

  private static boolean isLocal(ObjectSnapshot service, String policy) {
    return "Local".equals(service.attribute(policy));
  }

  /** How many endpoints are ready; empty where nothing tells. */
  static OptionalInt ready(ObjectSnapshot service, TopologyView view) {
    if (view.isObserved("EndpointSlice")) {
      int ready = 0;
      for (ObjectSnapshot slice : view.slices(service.entity())) {
        ready += Numbers.of(slice, Attributes.ENDPOINTS_READY).orElse(0);
      }
      return OptionalInt.of(ready);
    }
    if (service.selector().isEmpty() || !view.isObserved("Pod")) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(readyPods(service, view).size());
  }

  private static List<ObjectSnapshot> readyPods(ObjectSnapshot service, TopologyView view) {
    return SelectorStates.matching(service, view).stream()
        .filter(pod -> "True".equals(pod.attribute(Attributes.READY)) && pod.deletingAt() == null)
        .toList();
  }

  /** How many ready endpoints each node has that has any. */
  private static Map<String, Integer> byNode(ObjectSnapshot service, TopologyView view) {
    Map<String, Integer> nodes = new HashMap<>();
    for (ObjectSnapshot slice : view.slices(service.entity())) {
      for (String item : ChangeDraft.items(slice, Attributes.ENDPOINTS_READY_NODES)) {
        int equals = item.lastIndexOf('=');
        if (equals > 0) {
          int count = Numbers.of(item.substring(equals + 1)).orElse(0);
          nodes.merge(item.substring(0, equals), count, Integer::sum);
        }
      }
    }
    if (nodes.isEmpty() && !view.isObserved("EndpointSlice")) {
      for (ObjectSnapshot pod : readyPods(service, view)) {
        EntityRef node = Scope.node(pod);
        if (node != null) {
          nodes.merge(node.name(), 1, Integer::sum);
        }
      }
    }
    nodes.values().removeIf(count -> count == 0);
    return nodes;
  }

  /** A node that is to take traffic has no endpoint of its own, while others have. */
  private static boolean nodeWithout(ObjectSnapshot service, TopologyView view) {
    Map<String, Integer> nodes = byNode(service, view);
    return !nodes.isEmpty()
        && view.all("Node").stream()
            .filter(NodeStates::isEligibleForLoadBalancers)
            .anyMatch(node -> !nodes.containsKey(node.entity().name()));
  }

  private static boolean uneven(ObjectSnapshot service, TopologyView view) {
    Map<String, Integer> nodes = byNode(service, view);
    int most = nodes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    int least = nodes.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    return least > 0 && most >= 2 * least;
  }

  private static boolean stale(ObjectSnapshot service, TopologyView view) {
    Instant horizon = view.time().minus(STALE);
    return view.slices(service.entity()).stream()
        .flatMap(slice -> slice.edges().stream())
        .filter(edge -> edge.relation() == Relation.ENDPOINT)
        .map(edge -> view.goneSince(edge.to()))
        .filter(Objects::nonNull)
        .anyMatch(gone -> gone.isBefore(horizon));
  }
}
