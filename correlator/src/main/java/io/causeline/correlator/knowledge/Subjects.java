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

  /** {@link Cause#WORKLOAD} for any workload kind, {@link #CLUSTER} for the cluster itself. */
  static String of(StateKind state) {
    return switch (state) {
      case SELECTOR_MATCHES_NO_POD,
          SELECTOR_MATCHES_PODS,
          SELECTOR_NEAR_MISS,
          TARGET_PORT_UNKNOWN,
          TARGET_PORT_UNDECLARED,
          ENDPOINTS_READY,
          ENDPOINTS_NONE,
          LOCAL_POLICY_WITHOUT_LOCAL_ENDPOINT,
          LOCAL_POLICY_UNEVEN,
          INTERNAL_LOCAL_WITHOUT_LOCAL_ENDPOINT,
          LOAD_BALANCER_PENDING,
          LOAD_BALANCER_HAS_ADDRESS,
          NOT_LOAD_BALANCER,
          SELECTORLESS_WITHOUT_ENDPOINTS,
          EXTERNAL_NAME_INVALID,
          PUBLISHES_NOT_READY,
          NODE_PORT_TAKEN,
          BACKENDS_SCALED_TO_ZERO,
          ENDPOINTS_STALE ->
          "Service";
      case NODE_NOT_READY,
          NODE_READY,
          NODE_CORDONED,
          NODE_WITHOUT_PROVIDER_ID,
          NODE_NETWORK_UNAVAILABLE,
          NODE_PODS_FULL,
          NODE_WITHOUT_POD_CIDR,
          NODE_EXCLUDED_FROM_LOAD_BALANCERS,
          PEERS_NOT_READY,
          ZONE_NOT_READY ->
          "Node";
      case NO_LOAD_BALANCER_IMPLEMENTATION,
          CLOUD_CONTROLLER_NOT_RUNNING,
          NO_NODE_ELIGIBLE_FOR_LOAD_BALANCERS,
          NODES_OF_ONE_ZONE_DOWN,
          SEVERAL_NODES_NOT_READY,
          PODS_UNSCHEDULED,
          DNS_WITHOUT_ENDPOINTS,
          DNS_SERVICE_MISSING ->
          CLUSTER;
      case SCALED_TO_ZERO,
          NO_READY_PODS,
          NEW_REVISION_NOT_READY,
          ALL_REVISIONS_READY,
          WITHOUT_READINESS_PROBE,
          PROBE_PORT_UNDECLARED ->
          Cause.WORKLOAD;
      case BACKEND_SERVICE_MISSING,
          BACKEND_PORT_MISSING,
          INGRESS_CLASS_UNKNOWN,
          INGRESS_WITHOUT_ADDRESS,
          INGRESS_HAS_ADDRESS ->
          "Ingress";
      case HOST_PORT_TAKEN, DNS_POLICY_IGNORED -> "Pod";
      case KUBE_PROXY_POD_NOT_READY, KUBE_PROXY_PODS_READY -> "KubeProxy";
      case CLAIM_PENDING -> "PersistentVolumeClaim";
      case CONFIG_ABSENT, CONFIG_PRESENT -> "ConfigMap";
    };
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return Set.copyOf(all);
  }
}
