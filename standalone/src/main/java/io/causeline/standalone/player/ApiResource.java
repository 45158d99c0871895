package io.causeline.standalone.player;

import io.causeline.collector.normalise.WatchedKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A resource of the Kubernetes API, as its path and its objects name it.
 *
 * @param group empty for the core group
 * @param plural as in paths and recordings
 */
record ApiResource(String group, String version, String plural, String kind, boolean namespaced) {

  /** What the collector lists and watches, and so what a recording may hold. */
  static final List<ApiResource> ALL =
      Stream.concat(
              Stream.of(new ApiResource("", "v1", "events", "Event", true)),
              Arrays.stream(WatchedKind.values()).map(ApiResource::of))
          .toList();

  /** For leader election; no recording holds them. */
  static final ApiResource LEASES =
      new ApiResource("coordination.k8s.io", "v1", "leases", "Lease", true);

  private static ApiResource of(WatchedKind kind) {
    // api/VERSION or apis/GROUP/VERSION
    String[] path = kind.apiPath().split("/", -1);
    return new ApiResource(
        path.length == 3 ? path[1] : "",
        path[path.length - 1],
        kind.resource(),
        kind.kind(),
        kind.namespaced());
  }

  /** The resource of this plural name in a recording. */
  static Optional<ApiResource> named(String plural) {
    return ALL.stream().filter(resource -> resource.plural.equals(plural)).findAny();
  }

  /** {@code v1} or {@code group/version}. */
  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
