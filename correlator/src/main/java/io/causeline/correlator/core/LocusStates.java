package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import java.time.Instant;
import java.util.Set;

/**
 * Whether a state holds at a place and time. What was never seen has no state, and an object has
 * none of another kind's.
 */
final class LocusStates {

  /** Places that are no objects: there the signal's own object is looked at. */
  private static final Set<String> VIRTUAL = Set.of("KubeProxy", "Registry", "AdmissionWebhook");

  private final Topology topology;

  LocusStates(Topology topology) {
    this.topology = topology;
  }

  /**
   * An answer.
   *
   * @param visited objects, and groups of them, that were looked at: when one changes, the answer
   *     may be another
   */
  record Answer(boolean holds, Set<EntityRef> visited) {}

  /** Whether the state holds; {@link #read} tells what that hangs on, too. */
  boolean holds(StateKind state, EntityRef locus, EntityRef signalsObject, Instant time) {
    return read(state, locus, signalsObject, time).holds();
  }

  /**
   * Reads a state.
   *
   * @param signalsObject whose state is meant where the locus is no object
   */
  Answer read(StateKind state, EntityRef locus, EntityRef signalsObject, Instant time) {
    boolean virtual = Kinds.SINGLETONS.contains(locus.kind()) || VIRTUAL.contains(locus.kind());
    TopologyView view = new TopologyView(topology, time);
    boolean holds = holds(state, locus, virtual ? signalsObject : locus, view);
    return new Answer(holds, view.lookedAt());
  }

  private static boolean holds(
      StateKind state, EntityRef locus, EntityRef subject, TopologyView view) {
    return switch (state) {
      case SELECTOR_MATCHES_NO_POD,
          SELECTOR_MATCHES_PODS,
          SELECTOR_NEAR_MISS,
          TARGET_PORT_UNKNOWN,
          TARGET_PORT_UNDECLARED,
          BACKENDS_SCALED_TO_ZERO ->
          SelectorStates.holds(state, subject, view);
      case ENDPOINTS_READY,
          ENDPOINTS_NONE,
          ENDPOINTS_STALE,
          SELECTORLESS_WITHOUT_ENDPOINTS,
          LOCAL_POLICY_WITHOUT_LOCAL_ENDPOINT,
          LOCAL_POLICY_UNEVEN,
          INTERNAL_LOCAL_WITHOUT_LOCAL_ENDPOINT ->
          EndpointStates.holds(state, subject, view);
      case LOAD_BALANCER_PENDING,
          LOAD_BALANCER_HAS_ADDRESS,
          NOT_LOAD_BALANCER,
          EXTERNAL_NAME_INVALID,
          PUBLISHES_NOT_READY,
          NODE_PORT_TAKEN ->
          ServiceStates.holds(state, subject, view);
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
          NodeStates.holds(state, subject, view);
      case NO_LOAD_BALANCER_IMPLEMENTATION,
          CLOUD_CONTROLLER_NOT_RUNNING,
          NO_NODE_ELIGIBLE_FOR_LOAD_BALANCERS,
          NODES_OF_ONE_ZONE_DOWN,
          SEVERAL_NODES_NOT_READY,
          PODS_UNSCHEDULED,
          DNS_WITHOUT_ENDPOINTS,
          DNS_SERVICE_MISSING ->
          ClusterStates.holds(state, view);
      case SCALED_TO_ZERO,
          NO_READY_PODS,
          NEW_REVISION_NOT_READY,
          ALL_REVISIONS_READY,
          WITHOUT_READINESS_PROBE,
          PROBE_PORT_UNDECLARED ->
          WorkloadStates.holds(state, subject, view);
      case BACKEND_SERVICE_MISSING,
          BACKEND_PORT_MISSING,
          INGRESS_CLASS_UNKNOWN,
          INGRESS_WITHOUT_ADDRESS,
          INGRESS_HAS_ADDRESS ->
          IngressStates.holds(state, subject, view);
      case HOST_PORT_TAKEN, DNS_POLICY_IGNORED, CLAIM_PENDING ->
          PodStates.holds(state, subject, view);
      case CONFIG_ABSENT ->
          subject.kind().equals("ConfigMap")
              && view.isObserved("ConfigMap")
              && view.get(subject) == null;
      case CONFIG_PRESENT -> subject.kind().equals("ConfigMap") && view.get(subject) != null;
      case KUBE_PROXY_POD_NOT_READY, KUBE_PROXY_PODS_READY ->
          KubeProxyStates.holds(state, locus.kind().equals("KubeProxy") ? locus : subject, view);
    };
  }
}
