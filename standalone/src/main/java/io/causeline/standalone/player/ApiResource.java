package io.causeline.standalone.player;

import java.util.List;
import java.util.Optional;

/**
 * A resource of the Kubernetes API, as its path and its objects name it.
 *
 * @param group empty for the core group
 * @param plural as in paths and recordings
 */
record ApiResource(String group, String version, String plural, String kind, boolean namespaced) {

  /** What the collector lists and watches, and so what a recording may hold. */
  static final List<ApiResource> ALL =
      List.of(
          new ApiResource("", "v1", "events", "Event", true),
          new ApiResource("", "v1", "nodes", "Node", false),
          new ApiResource("", "v1", "pods", "Pod", true),
          new ApiResource("", "v1", "services", "Service", true),
          new ApiResource("apps", "v1", "daemonsets", "DaemonSet", true),
          new ApiResource("apps", "v1", "deployments", "Deployment", true),
          new ApiResource("apps", "v1", "replicasets", "ReplicaSet", true),
          new ApiResource("apps", "v1", "statefulsets", "StatefulSet", true),
          new ApiResource("batch", "v1", "jobs", "Job", true),
          new ApiResource("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true),
          new ApiResource("networking.k8s.io", "v1", "ingresses", "Ingress", true));

  /** For leader election; no recording holds them. */
  static final ApiResource LEASES =
      new ApiResource("coordination.k8s.io", "v1", "leases", "Lease", true);

  /** The resource of this plural name in a recording. */
  static Optional<ApiResource> named(String plural) {
    return ALL.stream().filter(resource -> resource.plural.equals(plural)).findAny();
  }

  /** {@code v1} or {@code group/version}. */
  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
