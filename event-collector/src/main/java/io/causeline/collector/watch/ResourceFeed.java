package io.causeline.collector.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a {@link ResourceWatcher} sees, on that watcher's thread. Only the methods that throw
 * InterruptedException may block.
 */
public interface ResourceFeed {

  /** What became of a change that was offered. */
  enum Taken {
    /** It is on its way; it need not be seen again. */
    TAKEN,
    /** There was no room: the watch is to be closed, and this change is to be seen again. */
    NO_ROOM,
    /** Kafka did not store what had been taken before: that is to be seen again, and this. */
    SEND_FAILED
  }

  /**
   * Where to watch on from.
   *
   * @param resourceVersion null to list again
   * @param goodUntil since when something may be missed if that can't be done; null if not known
   * @param stored whether Kafka has stored anything since it last failed
   */
  record Position(@Nullable String resourceVersion, @Nullable Instant goodUntil, boolean stored) {}

  /** Kafka did not store what had been taken; the list must be begun again. */
  final class SendFailedException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** A full list begins; one that had begun is void. */
  void listStarts() throws InterruptedException;

  /** An object of the list. Waits for room. */
  void listItem(JsonNode object) throws InterruptedException, SendFailedException;

  /**
   * The list is complete.
   *
   * @param resourceVersion from which the watch will begin
   */
  void listEnds(String resourceVersion) throws InterruptedException, SendFailedException;

  /** A change. Never waits. */
  Taken changed(WatchEvent.Changed change);

  /** Nothing happened up to here. Never waits. */
  void bookmark(String resourceVersion);

  /** A line that could not be read. Never waits. */
  void unreadable(String reason);

  /**
   * Waits, after {@link Taken#NO_ROOM} or {@link Taken#SEND_FAILED}, until there is room again.
   *
   * @param taken up to where changes were taken
   * @return where to watch on from; without a resourceVersion: list again
   */
  Position recover(Position taken) throws InterruptedException;
}
