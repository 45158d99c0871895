package io.causeline.collector.watch;

/** How a watch ended. */
sealed interface WatchEnd {

  /**
   * The server ended it in good order: nothing up to here was missed, unless it ended it at once.
   *
   * @param moved whether an event or a bookmark had come
   * @param brief whether it had lasted too short a time to mean anything
   */
  record Closed(boolean moved, boolean brief) implements WatchEnd {}

  /**
   * The connection broke, or nothing was heard for longer than the server lets a watch last.
   *
   * @param moved whether an event or a bookmark had come
   */
  record Broken(String what, boolean moved) implements WatchEnd {}

  /**
   * The server refused to begin it, or ended it with an error.
   *
   * @param moved whether an event or a bookmark had come
   */
  record Refused(ApiException failure, boolean moved) implements WatchEnd {}

  /** We ended it: what it brought could not be taken. */
  record Stopped(StopCause cause) implements WatchEnd {}

  /** Why we end a watch. */
  enum StopCause {
    /** There is no room for more before Kafka. */
    PAUSED,
    /** Kafka did not store what had been sent. */
    SEND_FAILED
  }
}
