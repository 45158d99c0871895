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
  SELECTOR_MATCHES_NO_POD("Service"),
  /** Service: at least one pod matches its selector. */
  SELECTOR_MATCHES_PODS("Service"),
  /**
   * Service: no pod matches its selector, and a ready pod of its namespace differs from it in the
   * value of one label only.
   */
  SELECTOR_NEAR_MISS("Service"),
  /** Service: a targetPort is a name that no matching pod declares. */
  TARGET_PORT_UNKNOWN("Service"),
  /** Service: a targetPort is a number that no matching pod declares, though they declare ports. */
  TARGET_PORT_UNDECLARED("Service"),
  /** Service: at least one endpoint is ready. */
  ENDPOINTS_READY("Service"),
  /** Service: it has EndpointSlices, or matching pods are known, and no endpoint is ready. */
  ENDPOINTS_NONE("Service"),
  /**
   * Service: externalTrafficPolicy is Local, endpoints are ready, and a ready node has none of
   * them.
   */
  LOCAL_POLICY_WITHOUT_LOCAL_ENDPOINT("Service"),
  /**
   * Service: externalTrafficPolicy is Local, and of the nodes that have ready endpoints one has at
   * least twice as many as another.
   */
  LOCAL_POLICY_UNEVEN("Service"),
  /**
   * Service: internalTrafficPolicy is Local, endpoints are ready, and a ready node has none of
   * them.
   */
  INTERNAL_LOCAL_WITHOUT_LOCAL_ENDPOINT("Service"),
  /** Service: of type LoadBalancer, without an address, and older than five minutes. */
  LOAD_BALANCER_PENDING("Service"),
  /** Service: of type LoadBalancer, with an address. */
  LOAD_BALANCER_HAS_ADDRESS("Service"),
  /** Service: of another type than LoadBalancer. */
  NOT_LOAD_BALANCER("Service"),
  /**
   * Cluster: nothing gives Services an address. No Service has one, no node has a providerID, and
   * no pod looks like a cloud controller, MetalLB, kube-vip or a svclb; nodes and pods are known.
   */
  NO_LOAD_BALANCER_IMPLEMENTATION(Subjects.CLUSTER),
  /** Cluster: there is a cloud-controller-manager, or a cloud's controller, without a ready pod. */
  CLOUD_CONTROLLER_NOT_RUNNING(Subjects.CLUSTER),
  /** Service: it has no selector, is no ExternalName, and has no endpoint. */
  SELECTORLESS_WITHOUT_ENDPOINTS("Service"),
  /** Service: of type ExternalName, naming no DNS name: empty, an IP address, a URL, a port. */
  EXTERNAL_NAME_INVALID("Service"),
  /** Service: publishNotReadyAddresses is set. */
  PUBLISHES_NOT_READY("Service"),
  /** Service: another Service has one of its node ports. */
  NODE_PORT_TAKEN("Service"),
  /** Service: its selector fits workloads, and every one has 0 desired replicas. */
  BACKENDS_SCALED_TO_ZERO("Service"),
  /** Service: one of its slices names a pod that has been gone for more than 60 s. */
  ENDPOINTS_STALE("Service"),

  /** Node: Ready is False or Unknown. */
  NODE_NOT_READY("Node"),
  /** Node: Ready is True. */
  NODE_READY("Node"),
  /** Node: cordoned. */
  NODE_CORDONED("Node"),
  /** Node: it has no {@code spec.providerID}. */
  NODE_WITHOUT_PROVIDER_ID("Node"),
  /** Node: the condition NetworkUnavailable is True. */
  NODE_NETWORK_UNAVAILABLE("Node"),
  /** Node: it runs as many pods as it may. */
  NODE_PODS_FULL("Node"),
  /** Node: it has no {@code spec.podCIDR}, though another node has one. */
  NODE_WITHOUT_POD_CIDR("Node"),
  /** Node: labelled {@code node.kubernetes.io/exclude-from-external-load-balancers}. */
  NODE_EXCLUDED_FROM_LOAD_BALANCERS("Node"),
  /** Node: at least two other nodes are not ready. */
  PEERS_NOT_READY("Node"),
  /**
   * Node: of its zone at least two nodes, and at least half, are not ready, while all nodes of
   * other zones are.
   */
  ZONE_NOT_READY("Node"),

  /** Cluster: nodes are known, and none may take a load balancer's traffic. */
  NO_NODE_ELIGIBLE_FOR_LOAD_BALANCERS(Subjects.CLUSTER),
  /** Cluster: at least two nodes are not ready, all of one zone; those of other zones are. */
  NODES_OF_ONE_ZONE_DOWN(Subjects.CLUSTER),
  /** Cluster: at least three nodes, and 30 %, are not ready. */
  SEVERAL_NODES_NOT_READY(Subjects.CLUSTER),
  /** Cluster: at least three pods have been without a node for more than 60 s. */
  PODS_UNSCHEDULED(Subjects.CLUSTER),
  /** Cluster: the DNS Service of kube-system has no ready endpoint. */
  DNS_WITHOUT_ENDPOINTS(Subjects.CLUSTER),
  /** Cluster: Services of kube-system are known, and none is the cluster's DNS. */
  DNS_SERVICE_MISSING(Subjects.CLUSTER),

  /** Workload: desired replicas are 0. */
  SCALED_TO_ZERO(Cause.WORKLOAD),
  /** Workload: replicas are desired, and none is ready. */
  NO_READY_PODS(Cause.WORKLOAD),
  /** Deployment: its newest ReplicaSet has no ready pod, while an older one has. */
  NEW_REVISION_NOT_READY(Cause.WORKLOAD),
  /** Deployment: every ReplicaSet that should have pods has all of them ready. */
  ALL_REVISIONS_READY(Cause.WORKLOAD),
  /** Workload: none of its containers has a readiness probe. */
  WITHOUT_READINESS_PROBE(Cause.WORKLOAD),
  /**
   * Workload: a probe goes to a port that the container does not declare, though it declares some.
   */
  PROBE_PORT_UNDECLARED(Cause.WORKLOAD),

  /** Ingress: it names a Service that does not exist. */
  BACKEND_SERVICE_MISSING("Ingress"),
  /** Ingress: it names a port that its Service does not have. */
  BACKEND_PORT_MISSING("Ingress"),
  /**
   * Ingress: it names a class that does not exist, or none while there is no default one. Where no
   * class was ever seen: it names none and has no address.
   */
  INGRESS_CLASS_UNKNOWN("Ingress"),
  /** Ingress: no controller has given it an address. */
  INGRESS_WITHOUT_ADDRESS("Ingress"),
  /** Ingress: it has an address. */
  INGRESS_HAS_ADDRESS("Ingress"),

  /** Pod: another pod of its node declares one of its host ports. */
  HOST_PORT_TAKEN("Pod"),
  /**
   * Pod: of the node's network, with dnsPolicy ClusterFirst, which falls back to the node's DNS.
   */
  DNS_POLICY_IGNORED("Pod"),

  /** KubeProxy: the kube-proxy pod of the node is not ready, or absent while others are there. */
  KUBE_PROXY_POD_NOT_READY("KubeProxy"),
  /** KubeProxy: the kube-proxy pod of the node is ready; of no one node: all are. */
  KUBE_PROXY_PODS_READY("KubeProxy"),

  /** PersistentVolumeClaim: it is Pending. */
  CLAIM_PENDING("PersistentVolumeClaim"),

  /** ConfigMap: those of its namespace are known, and it is not among them. */
  CONFIG_ABSENT("ConfigMap"),
  /** ConfigMap: it is there. */
  CONFIG_PRESENT("ConfigMap");

  private final String subject;
  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  StateKind(String subject) {
    this.subject = subject;
  }

  /**
   * The kind whose state it is: {@link Cause#WORKLOAD} for any workload kind, {@code cluster} for
   * the cluster itself.
   */
  public String subject() {
    return subject;
  }

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
