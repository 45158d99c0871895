package io.causeline.collector.watch;

import com.fasterxml.jackson.databind.JsonNode;

/** One line of a watch. */
public sealed interface WatchEvent {

  /** What happened to an object. */
  enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  /**
   * An object was written or deleted.
   *
   * @param object as it is now, or was last
   * @param resourceVersion of this change; empty if the object does not tell
   */
  record Changed(Type type, JsonNode object, String resourceVersion) implements WatchEvent {}

  /** Nothing happened up to here. */
  record Bookmark(String resourceVersion) implements WatchEvent {}

  /** The server ends the watch. */
  record Failed(ApiException failure) implements WatchEvent {}

  /**
   * A line that is no event.
   *
   * @param reason of few words, fit for a metric's label
   */
  record Unreadable(String reason) implements WatchEvent {}
}
