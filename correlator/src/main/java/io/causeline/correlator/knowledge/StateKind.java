package io.causeline.correlator.knowledge;

import java.util.Locale;
import java.util.Optional;

/**
 * States of a locus that can be read off the topology; the words of {@code state:} in packs. A
 * state holds only where the topology knows what it speaks of: nothing is concluded from what was
 * never seen, and of an object of another kind none holds. A place that is no object (a singleton,
 * such as {@code Cluster}, or a virtual one) has the states of the signal's own object, and those
 * of the cluster.
 */
public enum StateKind {
  /** Service: it has a selector and no pod of its namespace matches it, nor any pod template. */
  SELECTOR_MATCHES_NO_POD,
  /** Service: at least one pod matches its selector. */
  SELECTOR_MATCHES_PODS,
  /**
   * Service: no pod matches its selector, and a ready pod of its namespace differs from it in the
   * value of one label only.
   */
  SELECTOR_NEAR_MISS,
  /** Service: a targetPort is a name that no matching pod declares. */
  TARGET_PORT_UNKNOWN,
  /** Service: a targetPort is a number that no matching pod declares, though they declare ports. */
  TARGET_PORT_UNDECLARED,
  /** Service: at least one endpoint is ready. */
  ENDPOINTS_READY,
  /** Service: it has EndpointSlices, or matching pods are known, and no endpoint is ready. */
  ENDPOINTS_NONE,
  /**
   * Service: externalTrafficPolicy is Local, endpoints are ready, and a ready node has none of
   * them.
   */
  LOCAL_POLICY_WITHOUT_LOCAL_ENDPOINT,
  /**
   * Service: externalTrafficPolicy is Local, and of the nodes that have ready endpoints one has at
   * least twice as many as another.
   */
  LOCAL_POLICY_UNEVEN,
  /**
   * Service: internalTrafficPolicy is Local, endpoints are ready, and a ready node has none of
   * them.
   */
  INTERNAL_LOCAL_WITHOUT_LOCAL_ENDPOINT,
  /** Service: of type LoadBalancer, without an address, and older than five minutes. */
  LOAD_BALANCER_PENDING,
  /** Service: of type LoadBalancer, with an address. */
  LOAD_BALANCER_HAS_ADDRESS,
  /** Service: of another type than LoadBalancer. */
  NOT_LOAD_BALANCER,
  /**
   * Cluster: nothing gives Services an address. No Service has one, no node has a providerID, and
   * no pod looks like a cloud controller, MetalLB, kube-vip or a svclb; nodes and pods are known.
   */
  NO_LOAD_BALANCER_IMPLEMENTATION,
  /** Cluster: there is a cloud-controller-manager, or a cloud's controller, without a ready pod. */
  CLOUD_CONTROLLER_NOT_RUNNING,
  /** Service: it has no selector, is no ExternalName, and has no endpoint. */
  SELECTORLESS_WITHOUT_ENDPOINTS,
  /** Service: of type ExternalName, naming no DNS name: empty, an IP address, a URL, a port. */
  EXTERNAL_NAME_INVALID,
  /** Service: publishNotReadyAddresses is set. */
  PUBLISHES_NOT_READY,
  /** Service: another Service has one of its node ports. */
  NODE_PORT_TAKEN,
  /** Service: its selector fits workloads, and every one has 0 desired replicas. */
  BACKENDS_SCALED_TO_ZERO,
  /** Service: one of its slices names a pod that has been gone for more than 60 s. */
  ENDPOINTS_STALE,

  /** Node: Ready is False or Unknown. */
  NODE_NOT_READY,
  /** Node: Ready is True. */
  NODE_READY,
  /** Node: cordoned. */
  NODE_CORDONED,
  /** Node: it has no {@code spec.providerID}. */
  NODE_WITHOUT_PROVIDER_ID,
  /** Node: the condition NetworkUnavailable is True. */
  NODE_NETWORK_UNAVAILABLE,
  /** Node: it runs as many pods as it may. */
  NODE_PODS_FULL,
  /** Node: it has no {@code spec.podCIDR}, though another node has one. */
  NODE_WITHOUT_POD_CIDR,
  /** Node: labelled {@code node.kubernetes.io/exclude-from-external-load-balancers}. */
  NODE_EXCLUDED_FROM_LOAD_BALANCERS,
  /** Node: at least two other nodes are not ready. */
  PEERS_NOT_READY,
  /**
   * Node: of its zone at least two nodes, and at least half, are not ready, while all nodes of
   * other zones are.
   */
  ZONE_NOT_READY,

  /** Cluster: nodes are known, and none may take a load balancer's traffic. */
  NO_NODE_ELIGIBLE_FOR_LOAD_BALANCERS,
  /** Cluster: at least two nodes are not ready, all of one zone; those of other zones are. */
  NODES_OF_ONE_ZONE_DOWN,
  /** Cluster: at least three nodes, and 30 %, are not ready. */
  SEVERAL_NODES_NOT_READY,
  /** Cluster: at least three pods have been without a node for more than 60 s. */
  PODS_UNSCHEDULED,
  /** Cluster: the DNS Service of kube-system has no ready endpoint. */
  DNS_WITHOUT_ENDPOINTS,
  /** Cluster: Services of kube-system are known, and none is the cluster's DNS. */
  DNS_SERVICE_MISSING,

  /** Workload: desired replicas are 0. */
  SCALED_TO_ZERO,
  /** Workload: replicas are desired, and none is ready. */
  NO_READY_PODS,
  /** Deployment: its newest ReplicaSet has no ready pod, while an older one has. */
  NEW_REVISION_NOT_READY,
  /** Deployment: every ReplicaSet that should have pods has all of them ready. */
  ALL_REVISIONS_READY,
  /** Workload: none of its containers has a readiness probe. */
  WITHOUT_READINESS_PROBE,
  /**
   * Workload: a probe goes to a port that the container does not declare, though it declares some.
   */
  PROBE_PORT_UNDECLARED,

  /** Ingress: it names a Service that does not exist. */
  BACKEND_SERVICE_MISSING,
  /** Ingress: it names a port that its Service does not have. */
  BACKEND_PORT_MISSING,
  /**
   * Ingress: it names a class that does not exist, or none while there is no default one. Where no
   * class was ever seen: it names none and has no address.
   */
  INGRESS_CLASS_UNKNOWN,
  /** Ingress: no controller has given it an address. */
  INGRESS_WITHOUT_ADDRESS,
  /** Ingress: it has an address. */
  INGRESS_HAS_ADDRESS,

  /** Pod: another pod of its node declares one of its host ports. */
  HOST_PORT_TAKEN,
  /**
   * Pod: of the node's network, with dnsPolicy ClusterFirst, which falls back to the node's DNS.
   */
  DNS_POLICY_IGNORED,

  /** KubeProxy: the kube-proxy pod of the node is not ready, or absent while others are there. */
  KUBE_PROXY_POD_NOT_READY,
  /** KubeProxy: the kube-proxy pod of the node is ready; of no one node: all are. */
  KUBE_PROXY_PODS_READY,

  /** PersistentVolumeClaim: it is Pending. */
  CLAIM_PENDING,

  /** ConfigMap: those of its namespace are known, and it is not among them. */
  CONFIG_ABSENT,
  /** ConfigMap: it is there. */
  CONFIG_PRESENT;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word in packs, such as {@code node-ready}. */
  public String word() {
    return word;
  }

  /** The state of this word. */
  public static Optional<StateKind> ofWord(String word) {
    for (StateKind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
