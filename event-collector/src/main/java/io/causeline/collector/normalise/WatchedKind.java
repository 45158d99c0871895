package io.causeline.collector.normalise;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of objects that the topology is made of, and where the API serves them. */
public enum WatchedKind {
  NODE("Node", "api/v1", "nodes", false),
  POD("Pod", "api/v1", "pods", true),
  SERVICE("Service", "api/v1", "services", true),
  ENDPOINT_SLICE("EndpointSlice", "apis/discovery.k8s.io/v1", "endpointslices", true),
  DEPLOYMENT("Deployment", "apis/apps/v1", "deployments", true),
  REPLICA_SET("ReplicaSet", "apis/apps/v1", "replicasets", true),
  STATEFUL_SET("StatefulSet", "apis/apps/v1", "statefulsets", true),
  DAEMON_SET("DaemonSet", "apis/apps/v1", "daemonsets", true),
  JOB("Job", "apis/batch/v1", "jobs", true),
  INGRESS("Ingress", "apis/networking.k8s.io/v1", "ingresses", true),
  CRON_JOB("CronJob", "apis/batch/v1", "cronjobs", true),
  INGRESS_CLASS("IngressClass", "apis/networking.k8s.io/v1", "ingressclasses", false),
  NETWORK_POLICY("NetworkPolicy", "apis/networking.k8s.io/v1", "networkpolicies", true),
  CONFIG_MAP("ConfigMap", "api/v1", "configmaps", true),
  PERSISTENT_VOLUME_CLAIM("PersistentVolumeClaim", "api/v1", "persistentvolumeclaims", true),
  RESOURCE_QUOTA("ResourceQuota", "api/v1", "resourcequotas", true),
  LIMIT_RANGE("LimitRange", "api/v1", "limitranges", true),
  NAMESPACE("Namespace", "api/v1", "namespaces", false);

  /** Objects of up to a megabyte each: so many of them may be in memory at once. */
  private static final int LARGE_OBJECTS = 50;

  private final String kind;
  private final String apiPath;
  private final String resource;
  private final boolean namespaced;

  WatchedKind(String kind, String apiPath, String resource, boolean namespaced) {
    this.kind = kind;
    this.apiPath = apiPath;
    this.resource = resource;
    this.namespaced = namespaced;
  }

  /** As in an object's {@code kind}. */
  public String kind() {
    return kind;
  }

  /** Path of its group and version, such as {@code apis/apps/v1}. */
  public String apiPath() {
    return apiPath;
  }

  /** Name in the API's paths, such as {@code pods}. */
  public String resource() {
    return resource;
  }

  /** Whether its objects have a namespace. */
  public boolean namespaced() {
    return namespaced;
  }

  /**
   * Whether the others can do their work without it. A cluster may not serve it, or an older role
   * not allow it: that must not end the feed.
   */
  public boolean optional() {
    return compareTo(INGRESS) > 0;
  }

  /** How many of its objects a page of a list may hold at most. */
  public int largestPage() {
    return this == CONFIG_MAP ? LARGE_OBJECTS : Integer.MAX_VALUE;
  }

  /** The kind of this name, such as {@code Pod}. */
  public static Optional<WatchedKind> ofKind(String kind) {
    return Arrays.stream(values()).filter(k -> k.kind.equals(kind)).findFirst();
  }

  /** The kind of this resource, such as {@code pods}. */
  public static Optional<WatchedKind> ofResource(String resource) {
    return Arrays.stream(values()).filter(k -> k.resource.equals(resource)).findFirst();
  }
}
