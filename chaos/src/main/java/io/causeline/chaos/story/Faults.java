package io.causeline.chaos.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Faults of clusters as they tell them. Each is in a namespace (or on a node) of its own, so that
 * they are as many incidents, and each says enough for a cause of its own.
 */
final class Faults {

  /** Writes a fault into a draft. */
  interface Fault extends BiConsumer<Draft, Scenery> {}

  /**
   * Where and with what a fault happens.
   *
   * @param node which no other fault uses
   */
  record Scenery(String namespace, String app, String node, Random random) {

    int between(int least, int most) {
      return least + random.nextInt(most - least + 1);
    }
  }

  private record Workload(ObjectNode deployment, ObjectNode service, List<ObjectNode> pods) {}

  /** Those of a cluster with a collector, by name. */
  static final Map<String, Fault> ALL = all();

  /** Those of which only alerts tell. */
  static final Map<String, Fault> ALERTS_ONLY =
      Map.of(
          "node-alert", Faults::nodeAlert,
          "crash-alerts", Faults::crashAlerts,
          "replicas-alert", Faults::replicasAlert);

  private Faults() {}

  /** The fault of this name. */
  static Fault named(String name) {
    Fault fault = ALL.getOrDefault(name, ALERTS_ONLY.get(name));
    if (fault == null) {
      throw new IllegalArgumentException("there is no fault " + name);
    }
    return fault;
  }

  private static Map<String, Fault> all() {
    Map<String, Fault> all = new LinkedHashMap<>();
    all.put("crash", Faults::crash);
    all.put("image", Faults::image);
    all.put("node", Faults::node);
    all.put("config", Faults::config);
    all.put("load-balancer", Faults::loadBalancer);
    all.put("scheduling", Faults::scheduling);
    all.put("volume", Faults::volume);
    all.put("not-ready", Faults::notReady);
    return all;
  }

  private static Workload workload(Draft draft, Scenery at, String node, String serviceType) {
    String image = "registry.example.com/" + at.app() + ":v" + at.between(1, 9);
    int replicas = at.between(2, 4);
    ObjectNode deployment =
        draft.there(draft.objects.deployment(at.namespace(), at.app(), replicas, image));
    ObjectNode set = draft.there(draft.objects.replicaSet(deployment, "5d4f"));
    List<ObjectNode> pods = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      pods.add(draft.there(draft.objects.pod(set, at.app(), "p" + i, node, image)));
    }
    ObjectNode service = draft.there(draft.objects.service(at.namespace(), at.app(), serviceType));
    return new Workload(deployment, service, pods);
  }

  private static Map<String, String> pod(ObjectNode pod) {
    return Map.of("namespace", Objects.namespace(pod), "pod", Objects.name(pod));
  }

  private static Draft.Alert[] podAlerts(Draft draft, int at, String name, Workload workload) {
    return workload.pods().stream()
        .map(pod -> draft.alert(at, name, "warning", pod(pod)))
        .toArray(Draft.Alert[]::new);
  }

  private static void crash(Draft draft, Scenery at) {
    Workload web = workload(draft, at, at.node(), "ClusterIP");
    int begin = at.between(0, 10);
    for (ObjectNode pod : web.pods()) {
      draft.often(
          begin,
          begin + 80,
          at.between(8, 30),
          pod,
          "BackOff",
          "Back-off restarting failed container " + at.app() + " in pod " + Objects.name(pod),
          "kubelet");
    }
    draft.fire(podAlerts(draft, begin + 60, "KubePodCrashLooping", web));
    draft.fire(
        draft.alert(
            begin + 65,
            "ServiceHasNoEndpoints",
            "critical",
            Map.of("namespace", at.namespace(), "service", at.app())));
  }

  private static void image(Draft draft, Scenery at) {
    Workload web = workload(draft, at, at.node(), "ClusterIP");
    String image = "registry.example.com/" + at.app() + ":v404";
    int begin = at.between(0, 10);
    for (ObjectNode pod : web.pods()) {
      String missing =
          "Failed to pull image \""
              + image
              + "\": rpc error: code = NotFound desc = failed to resolve reference \""
              + image
              + "\": "
              + image
              + ": not found";
      draft.often(begin, begin + 50, at.between(3, 6), pod, "Failed", missing, "kubelet");
    }
    Draft.Alert[] alerts = podAlerts(draft, begin + 55, "KubePodNotReady", web);
    draft.fire(alerts);
    for (ObjectNode pod : web.pods()) {
      draft.once(
          begin + 90,
          pod,
          "Normal",
          "Pulled",
          "Successfully pulled image \"" + image + "\" in 1.2s",
          "kubelet");
    }
    draft.resolve(begin + 95, alerts);
  }

  private static void node(Draft draft, Scenery at) {
    Workload web = workload(draft, at, at.node(), "ClusterIP");
    ObjectNode node = draft.there(draft.objects.node(at.node())).deepCopy();
    int begin = at.between(0, 10);
    draft.once(
        begin,
        node,
        "Normal",
        "NodeNotReady",
        "Node " + at.node() + " status is now: NodeNotReady",
        "node-controller");
    for (ObjectNode pod : web.pods()) {
      draft.once(begin + 1, pod, "Warning", "NodeNotReady", "Node is not ready", "node-controller");
    }
    Objects.ready(
        node,
        "Unknown",
        draft.at(begin),
        "NodeStatusUnknown",
        "Kubelet stopped posting node status.");
    draft.changes(node);
    draft.fire(
        draft.alert(
            begin + 60,
            "KubeNodeNotReady",
            "warning",
            Map.of("node", at.node(), "condition", "Ready", "status", "true")));
  }

  private static void config(Draft draft, Scenery at) {
    Workload web = workload(draft, at, at.node(), "ClusterIP");
    int begin = at.between(0, 10);
    String message =
        "MountVolume.SetUp failed for volume \"cfg\" : configmap \""
            + at.app()
            + "-cfg\" not found";
    for (ObjectNode pod : web.pods()) {
      draft.often(begin, begin + 90, at.between(5, 9), pod, "FailedMount", message, "kubelet");
    }
    draft.fire(podAlerts(draft, begin + 70, "KubePodNotReady", web));
  }

  private static void loadBalancer(Draft draft, Scenery at) {
    Workload web = workload(draft, at, at.node(), "LoadBalancer");
    int begin = at.between(0, 5);
    draft.often(
        begin,
        begin + 60,
        at.between(5, 8),
        web.service(),
        "SyncLoadBalancerFailed",
        "Error syncing load balancer: failed to ensure load balancer: LimitExceeded: quota of load"
            + " balancers has been reached",
        "service-controller");
    Draft.Alert alert =
        draft.alert(
            begin + 65,
            "KubeServiceLoadBalancerPending",
            "warning",
            Map.of("namespace", at.namespace(), "service", at.app()));
    draft.fire(alert);
    draft.once(
        begin + 80,
        web.service(),
        "Normal",
        "EnsuredLoadBalancer",
        "Ensured load balancer",
        "service-controller");
    draft.resolve(begin + 85, alert);
  }

  private static void scheduling(Draft draft, Scenery at) {
    Workload web = workload(draft, at, "", "ClusterIP");
    int begin = at.between(0, 10);
    for (ObjectNode pod : web.pods()) {
      draft.often(
          begin,
          begin + 70,
          at.between(3, 5),
          pod,
          "FailedScheduling",
          "0/5 nodes are available: 5 Insufficient memory.",
          "default-scheduler");
    }
    draft.fire(podAlerts(draft, begin + 60, "KubePodNotReady", web));
  }

  private static void volume(Draft draft, Scenery at) {
    Workload db = workload(draft, at, at.node(), "ClusterIP");
    ObjectNode claim = draft.there(draft.objects.claim(at.namespace(), "data-" + at.app()));
    int begin = at.between(0, 10);
    draft.often(
        begin,
        begin + 90,
        at.between(10, 20),
        claim,
        "ProvisioningFailed",
        "storageclass.storage.k8s.io \"fast\" not found",
        "persistentvolume-controller");
    draft.fire(
        draft.alert(
            begin + 60,
            "KubernetesPersistentvolumeclaimPending",
            "warning",
            Map.of(
                "namespace", at.namespace(),
                "persistentvolumeclaim", Objects.name(claim),
                "phase", "Pending")));
    draft.once(
        begin + 92,
        db.pods().get(0),
        "Normal",
        "Pulled",
        "Container image is already present on machine",
        "kubelet");
  }

  private static void notReady(Draft draft, Scenery at) {
    Workload web = workload(draft, at, at.node(), "ClusterIP");
    int begin = at.between(0, 10);
    for (ObjectNode pod : web.pods()) {
      draft.often(
          begin,
          begin + 80,
          at.between(15, 25),
          pod,
          "Unhealthy",
          "Readiness probe failed: HTTP probe failed with statuscode: 503",
          "kubelet");
    }
    draft.fire(
        draft.alert(
            begin + 70,
            "ServiceNoEndpoints",
            "critical",
            Map.of("namespace", at.namespace(), "endpoint", at.app())));
  }

  private static void nodeAlert(Draft draft, Scenery at) {
    Map<String, String> labels = Map.of("node", at.node(), "condition", "Ready", "status", "true");
    Draft.Alert alert = draft.alert(at.between(0, 20), "KubeNodeNotReady", "warning", labels);
    draft.fire(alert);
    draft.resolve(90, alert);
    draft.fire(draft.alert(110, "KubeNodeNotReady", "warning", labels));
  }

  private static void crashAlerts(Draft draft, Scenery at) {
    List<Draft.Alert> alerts = new ArrayList<>();
    for (int i = 0; i < at.between(2, 5); i++) {
      alerts.add(
          draft.alert(
              10 + i,
              "KubePodCrashLooping",
              "warning",
              Map.of(
                  "namespace",
                  at.namespace(),
                  "pod",
                  at.app() + "-7c9d-p" + i,
                  "container",
                  at.app(),
                  "reason",
                  "CrashLoopBackOff")));
    }
    draft.notify(alerts.subList(0, 1), List.of(), 0);
    draft.notify(alerts, List.of(), 0);
    draft.notify(alerts.subList(1, alerts.size()), alerts.subList(0, 1), 80);
  }

  private static void replicasAlert(Draft draft, Scenery at) {
    Draft.Alert alert =
        draft.alert(
            at.between(0, 20),
            "KubeDeploymentReplicasMismatch",
            "warning",
            Map.of("namespace", at.namespace(), "deployment", at.app()));
    draft.fire(alert);
    draft.fire(alert);
    draft.resolve(100, alert);
  }
}
