package io.causeline.correlator.knowledge;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Of which kinds of object a change or a state can be told. A line that speaks of others would be
 * accepted and never match.
 */
final class Subjects {

  /** Of states that the cluster has, whatever the place. */
  static final String CLUSTER = "Cluster";

  private static final Set<String> ROLLED_OUT =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "CronJob");

  private static final Set<String> CONFIGURED =
      Set.of(
          "ConfigMap", "NetworkPolicy", "IngressClass", "ResourceQuota", "LimitRange", "Ingress");

  /** What is watched; never Secrets. */
  private static final Set<String> OBSERVED =
      union(
          union(ROLLED_OUT, CONFIGURED),
          Set.of(
              "Node",
              "Pod",
              "Service",
              "EndpointSlice",
              "ReplicaSet",
              "Job",
              "PersistentVolumeClaim",
              "Namespace"));

  private Subjects() {}

  static Set<String> of(ChangeKind change) {
    return switch (change) {
      case CREATED, DELETED, OBSERVED -> OBSERVED;
      case TEMPLATE_CHANGED -> ROLLED_OUT;
      case REPLICAS_CHANGED -> union(ROLLED_OUT, Set.of("ReplicaSet"));
      case SELECTOR_CHANGED,
          SERVICE_CHANGED,
          ENDPOINTS_EMPTY,
          ENDPOINTS_RESTORED,
          LOAD_BALANCER_ASSIGNED,
          LOAD_BALANCER_REMOVED ->
          Set.of("Service");
      case CONFIG_CHANGED -> CONFIGURED;
      case NODE_CONDITION, NODE_PRESSURE, NODE_CORDON, NODE_REBOOTED, TAINTS_CHANGED ->
          Set.of("Node");
      case LABELS_CHANGED -> Set.of("Node", "Pod");
      case POD_READY, POD_UNREADY, CONTAINER_TERMINATED, CONTAINER_WAITING -> Set.of("Pod");
    };
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return Set.copyOf(all);
  }
}
