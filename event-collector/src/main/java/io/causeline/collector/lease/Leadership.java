package io.causeline.collector.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether this collector is the active one of its cluster. */
public interface Leadership extends AutoCloseable {

  /** Told when it becomes the active one and when it no longer is, by turns. Must not block. */
  interface Listener {

    /**
     * This collector is now the active one.
     *
     * @param before the last one before it; null if there was none, or nothing is known of it
     */
    void gained(@Nullable Predecessor before);

    /** This collector is no longer the active one. */
    void lost();
  }

  /**
   * The last active collector, maybe this one itself.
   *
   * @param seenAt when it last said that it was
   * @param validUntil until when that held, by its own clock
   */
  record Predecessor(Instant seenAt, Instant validUntil) {}

  /** Begins; {@code listener} may be told before this returns. */
  void start(Listener listener);

  /** Whether this collector may send at this very moment. */
  boolean held();

  /** Whether it is known that some collector is the active one. */
  boolean holderKnown();

  /** Who is the active one, or why that is not known. */
  String holder();

  /** To be called many times a second: notices a lease that could not be renewed in time. */
  void tick();

  /** Gives it up, so that another may take over at once. */
  @Override
  void close();
}
