package io.causeline.correlator.streams;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often the incidents of one partition are computed: with every tick while that is cheap; in a
 * storm, where it takes longer, so seldom that two thirds of the thread's time are left for
 * reading. What changes meanwhile is computed once, so waiting makes it cheaper.
 *
 * <p>Nothing waits longer than {@link #LONGEST}, though then less than two thirds are left; only
 * where even half would not be left does it wait longer than that.
 */
final class Pace {

  /** An incident's latest state is to leave within a second. */
  static final Duration LONGEST = Duration.ofSeconds(1);

  /** One part computing, two parts reading. */
  private static final int PARTS = 3;

  /** So much is computed at a time by one thread: a transaction may last 10 s. */
  static final Duration AT_A_TIME = Duration.ofMillis(500);

  /**
   * What computing takes all partitions of one thread together: each has its own pace, but they
   * share the thread's time, and between two commits all of them have their tick. Not thread-safe.
   */
  static final class Share {

    private Duration took = Duration.ZERO;

    /** The first to have its tick, and what computing took since. */
    private @Nullable Pace first;

    private Duration spent = Duration.ZERO;

    private void replace(Duration before, Duration now) {
      took = took.minus(before).plus(now);
      spent = spent.plus(now);
    }

    private boolean hasTime(Pace pace) {
      if (first == null || first == pace) {
        first = pace;
        spent = Duration.ZERO;
      }
      return spent.compareTo(AT_A_TIME) < 0;
    }
  }

  private final Share share;
  private Duration last = Duration.ZERO;
  private Instant next = Instant.MIN;

  /** With the share of the thread that computes. */
  Pace(Share share) {
    this.share = share;
  }

  /** Whether it is time to compute. To be asked once with every tick. */
  boolean isDue(Instant now) {
    // A clock that was set back must not stop it.
    boolean due = !now.isBefore(next) || now.plus(longest()).isBefore(next);
    return share.hasTime(this) && due;
  }

  /** Notes a computation that began at {@code now}. */
  void computed(Instant now, Duration took) {
    share.replace(last, took);
    last = took;
    Duration fair = share.took.multipliedBy(PARTS);
    next = now.plus(shorter(fair, longest()));
  }

  private Duration longest() {
    Duration half = share.took.multipliedBy(2);
    return half.compareTo(LONGEST) > 0 ? half : LONGEST;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** This partition leaves the thread. */
  void close() {
    share.replace(last, Duration.ZERO);
    last = Duration.ZERO;
    share.first = null;
  }
}
