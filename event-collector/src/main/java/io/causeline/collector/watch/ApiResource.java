package io.causeline.collector.watch;

import io.causeline.collector.normalise.WatchedKind;

/**
 * A resource of the API, in all namespaces.
 *
 * @param name as in paths, logs and metrics, such as {@code pods}
 * @param path from the API server's root, such as {@code apis/apps/v1/deployments}
 * @param optional whether the feed is whole without it, where the server does not serve it
 * @param largestPage how many objects a page of a list may hold at most
 */
public record ApiResource(String name, String path, boolean optional, int largestPage) {

  /**
   * Events. They are served under two groups; this is one view of the same objects, and watching
   * both would see everything twice.
   */
  public static final ApiResource EVENTS =
      new ApiResource("events", "api/v1/events", false, Integer.MAX_VALUE);

  /** The resource of a kind. */
  public static ApiResource of(WatchedKind kind) {
    return new ApiResource(
        kind.resource(),
        kind.apiPath() + "/" + kind.resource(),
        kind.optional(),
        kind.largestPage());
  }
}
