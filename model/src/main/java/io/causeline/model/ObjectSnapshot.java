package io.causeline.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Causeline keeps of a Kubernetes object: a trimmed state and its edges. A record of the
 * {@code topology} topic; changes are derived from two snapshots of one object. Only what matters
 * for correlation is in it, so that a node's routine status update leaves it equal.
 *
 * @param uid the object's {@code metadata.uid}
 * @param resourceVersion grows with each write to the object
 * @param epoch of the list or watch that it came from; a higher one is newer
 * @param observedAt when the collector saw this state
 * @param createdAt {@code metadata.creationTimestamp}
 * @param deletingAt {@code metadata.deletionTimestamp}
 * @param labels of a Pod or a Node, and of a workload's pod template; empty for other kinds
 * @param selector a Service's or a workload's {@code matchLabels}
 * @param attributes by the names of {@link Attributes}
 * @param edges to what it depends on or belongs to
 */
public record ObjectSnapshot(
    String cluster,
    EntityRef entity,
    String uid,
    String resourceVersion,
    long epoch,
    Instant observedAt,
    @Nullable Instant createdAt,
    @Nullable Instant deletingAt,
    Map<String, String> labels,
    Map<String, String> selector,
    Map<String, String> attributes,
    List<Edge> edges) {

  public ObjectSnapshot {
    ClusterName.require(cluster);
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    selector = selector == null ? Map.of() : Map.copyOf(selector);
    attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    edges = edges == null ? List.of() : List.copyOf(edges);
  }

  /** An edge from this object. */
  public record Edge(Relation relation, EntityRef to) {}

  /** The attribute of this name, or null. */
  public @Nullable String attribute(String name) {
    return attributes.get(name);
  }

  /** Whether everything but resourceVersion, epoch and observedAt is the same: nothing to tell. */
  public boolean sameStateAs(ObjectSnapshot other) {
    return entity.equals(other.entity)
        && uid.equals(other.uid)
        && java.util.Objects.equals(createdAt, other.createdAt)
        && java.util.Objects.equals(deletingAt, other.deletingAt)
        && labels.equals(other.labels)
        && selector.equals(other.selector)
        && attributes.equals(other.attributes)
        && edges.equals(other.edges);
  }

  /**
   * Names of the attributes, by kind. Absent means not told. Lists are joined by commas, in a
   * stable order.
   */
  public static final class Attributes {
    private Attributes() {}

    /** Node: status of the Ready condition, {@code True|False|Unknown}. Pod: {@code True|False}. */
    public static final String READY = "ready";

    /** Node, Pod: lastTransitionTime of the Ready condition, RFC 3339. */
    public static final String READY_SINCE = "readySince";

    /** Node, Pod: reason of the Ready condition. */
    public static final String READY_REASON = "readyReason";

    /** Node: the pressure conditions that are True, such as {@code MemoryPressure}. */
    public static final String PRESSURES = "pressures";

    /** Node: {@code true} when cordoned. */
    public static final String UNSCHEDULABLE = "unschedulable";

    /** Node: internal addresses. */
    public static final String ADDRESSES = "addresses";

    /** Node: {@code topology.kubernetes.io/zone}. */
    public static final String ZONE = "zone";

    /** Node: scheme of {@code spec.providerID}, such as {@code aws}. */
    public static final String PROVIDER = "provider";

    /** Node: message of the Ready condition while it is not True, numbers as {@code #}. */
    public static final String READY_MESSAGE = "readyMessage";

    /** Node: id of its present boot. */
    public static final String BOOT_ID = "bootId";

    /**
     * Node: {@code key=value:effect} of its taints, but for those that repeat its conditions or its
     * cordon.
     */
    public static final String TAINTS = "taints";

    /** Node: its first pod CIDR. */
    public static final String POD_CIDR = "podCidr";

    /** Node: how many pods it may run. */
    public static final String PODS_ALLOCATABLE = "podsAllocatable";

    /** Node: {@code true} when load balancers are to leave it out. */
    public static final String EXCLUDED_FROM_LOAD_BALANCERS = "excludedFromLoadBalancers";

    /** Pod: reason why the scheduler found no node for it; absent while it has not looked. */
    public static final String UNSCHEDULABLE_REASON = "unschedulableReason";

    /** Pod, PersistentVolumeClaim, Namespace: phase. */
    public static final String PHASE = "phase";

    /** Pod: IP. */
    public static final String IP = "ip";

    /** Pod and workloads: container images. */
    public static final String IMAGES = "images";

    /**
     * Pod: {@code container=reason} of waiting containers, such as {@code app=ImagePullBackOff}.
     */
    public static final String WAITING = "waiting";

    /**
     * Pod: {@code container=reason:exitCode@finishedAt} of the last terminations, such as {@code
     * app=OOMKilled:137@2026-01-01T00:00:00Z}.
     */
    public static final String TERMINATED = "terminated";

    /** Pod: sum of the containers' restart counts. */
    public static final String RESTARTS = "restarts";

    /** Pod and workloads: {@code name:port/protocol} of the ports that the containers declare. */
    public static final String CONTAINER_PORTS = "containerPorts";

    /** Pod and workloads: {@code port/protocol} of the ports that it takes of its node. */
    public static final String HOST_PORTS = "hostPorts";

    /** Pod and workloads: {@code true} when it uses the node's network. */
    public static final String HOST_NETWORK = "hostNetwork";

    /** Pod and workloads: dnsPolicy; told only with {@link #HOST_NETWORK}. */
    public static final String DNS_POLICY = "dnsPolicy";

    /**
     * Pod and workloads: {@code true} when a container has a readiness probe, else {@code false}.
     */
    public static final String READINESS_PROBE = "readinessProbe";

    /** Pod and workloads: {@code container=port} of its probes, the port by name or by number. */
    public static final String PROBE_PORTS = "probePorts";

    /** Service: type. */
    public static final String TYPE = "type";

    /** Service: {@code name:port>targetPort/protocol}. */
    public static final String PORTS = "ports";

    /** Service: externalTrafficPolicy. */
    public static final String EXTERNAL_TRAFFIC_POLICY = "externalTrafficPolicy";

    /** Service: internalTrafficPolicy. */
    public static final String INTERNAL_TRAFFIC_POLICY = "internalTrafficPolicy";

    /** Service: {@code nodePort/protocol}. */
    public static final String NODE_PORTS = "nodePorts";

    /** Service: sessionAffinity. */
    public static final String SESSION_AFFINITY = "sessionAffinity";

    /** Service: loadBalancerIP. */
    public static final String LOAD_BALANCER_IP = "loadBalancerIP";

    /** Service: loadBalancerClass. */
    public static final String LOAD_BALANCER_CLASS = "loadBalancerClass";

    /** Service: loadBalancerSourceRanges. */
    public static final String LOAD_BALANCER_SOURCE_RANGES = "loadBalancerSourceRanges";

    /** Service: externalName. */
    public static final String EXTERNAL_NAME = "externalName";

    /** Service: externalIPs. */
    public static final String EXTERNAL_IPS = "externalIPs";

    /** Service: {@code true} when its pods are published before they are ready. */
    public static final String PUBLISH_NOT_READY_ADDRESSES = "publishNotReadyAddresses";

    /**
     * Service: {@code key=value} of the annotations that load balancers are configured by, a long
     * value as its hash. Ingress: {@code key=hash} of its annotations.
     */
    public static final String ANNOTATIONS = "annotations";

    /** Service, Ingress: addresses or host names of its load balancer; absent while it has none. */
    public static final String LOAD_BALANCER = "loadBalancer";

    /** EndpointSlice: number of ready addresses. */
    public static final String ENDPOINTS_READY = "endpointsReady";

    /** EndpointSlice: number of all addresses. */
    public static final String ENDPOINTS_TOTAL = "endpointsTotal";

    /** EndpointSlice: {@code node=count} of its ready addresses, where it names nodes. */
    public static final String ENDPOINTS_READY_NODES = "endpointsReadyNodes";

    /** Workload: desired replicas. */
    public static final String REPLICAS = "replicas";

    /** Workload: ready replicas. */
    public static final String REPLICAS_READY = "replicasReady";

    /** Workload: replicas of the newest template. */
    public static final String REPLICAS_UPDATED = "replicasUpdated";

    /** Workload: hash of its pod template: a change of it is a rollout. */
    public static final String TEMPLATE = "template";

    /** Deployment: reason of the Progressing condition. */
    public static final String PROGRESSING = "progressing";

    /** Ingress: class. */
    public static final String INGRESS_CLASS = "ingressClass";

    /** ReplicaSet: the revision of its Deployment that it stands for. */
    public static final String REVISION = "revision";

    /** Ingress: {@code service:port} of its backends, the port by name or by number. */
    public static final String BACKENDS = "backends";

    /** Ingress: host names of its rules. */
    public static final String HOSTS = "hosts";

    /** Ingress: hash of its rules and its default backend. */
    public static final String RULES = "rules";

    /** Ingress: hash of its TLS section. */
    public static final String TLS = "tls";

    /** IngressClass: name of its controller. */
    public static final String CONTROLLER = "controller";

    /** IngressClass: {@code true} when it is the one for Ingresses that name none. */
    public static final String DEFAULT = "default";

    /** ConfigMap: hash of its data. */
    public static final String DATA = "data";

    /** NetworkPolicy, ResourceQuota, LimitRange, IngressClass: hash of its spec. */
    public static final String SPEC = "spec";
  }
}
