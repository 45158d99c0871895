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
 * @param labels of a Pod, and of a workload's pod template; empty for other kinds
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

    /** Pod: phase. */
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

    /** Service: type. */
    public static final String TYPE = "type";

    /** Service: {@code name:port>targetPort/protocol}. */
    public static final String PORTS = "ports";

    /** Service: externalTrafficPolicy. */
    public static final String EXTERNAL_TRAFFIC_POLICY = "externalTrafficPolicy";

    /** Service: internalTrafficPolicy. */
    public static final String INTERNAL_TRAFFIC_POLICY = "internalTrafficPolicy";

    /** Service: addresses or host names of its load balancer; absent while pending. */
    public static final String LOAD_BALANCER = "loadBalancer";

    /** EndpointSlice: number of ready addresses. */
    public static final String ENDPOINTS_READY = "endpointsReady";

    /** EndpointSlice: number of all addresses. */
    public static final String ENDPOINTS_TOTAL = "endpointsTotal";

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
  }
}
