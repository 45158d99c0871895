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
  INGRESS("Ingress", "apis/networking.k8s.io/v1", "ingresses", true);

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

  /** The kind of this name, such as {@code Pod}. */
  public static Optional<WatchedKind> ofKind(String kind) {
    return Arrays.stream(values()).filter(k -> k.kind.equals(kind)).findFirst();
  }

  /** The kind of this resource, such as {@code pods}. */
  public static Optional<WatchedKind> ofResource(String resource) {
    return Arrays.stream(values()).filter(k -> k.resource.equals(resource)).findFirst();
  }
}
