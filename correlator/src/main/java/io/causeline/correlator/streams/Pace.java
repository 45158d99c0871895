package io.causeline.correlator.streams;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often the incidents of one partition are computed: with every tick while that is cheap; else
 * so seldom that half of the thread's time is left, or two thirds where much waits to be read. What
 * changes meanwhile is computed once, so waiting makes it cheaper.
 *
 * <p>Nothing waits longer than {@link #LONGEST}, though then less than that is left; only where
 * even half would not be left does it wait longer than that.
 */
final class Pace {

  /** An incident's latest state is to leave within a second. */
  static final Duration LONGEST = Duration.ofSeconds(1);

  /** One part computing, one part for all else. */
  private static final int PARTS = 2;

  /** One part computing, two parts reading. */
  private static final int PARTS_BEHIND = 3;

  /** A thread is behind when what it reads is older. */
  static final Duration BEHIND = Duration.ofMillis(500);

  /** However far behind, what is known is told anew so often. */
  static final Duration SELDOM = Duration.ofSeconds(30);

  /** So much is computed at a time by one thread: a transaction may last 10 s. */
  static final Duration AT_A_TIME = Duration.ofMillis(500);

  /**
   * So much of that on what is known already; whose turn it was then has it with the next tick.
   * What opens would have to wait for all of it else.
   */
  static final Duration KNOWN_AT_A_TIME = Duration.ofMillis(100);

  /**
   * Who was not due for a while may be due so much sooner later. Without it the time until the next
   * tick would be lost each time, and who once computes for long would wait long, find much to
   * compute, and so compute for long again.
   */
  static final Duration LEEWAY = Duration.ofMillis(300);

  /**
   * The time of a thread, which computes for several partitions: between two commits all of them
   * have their tick, and what they take is taken from what is left to all. Not thread-safe.
   */
  static final class Share {

    /** Of each partition what it took last. */
    private Duration took = Duration.ZERO;

    /** The first to have its tick, and what computing took since. */
    private @Nullable Pace first;

    private Duration spent = Duration.ZERO;

    /** From then on, enough of the time up to then was left. */
    private Instant fair = Instant.MIN;

    /** Time of the record that was read last. */
    private Instant read = Instant.MIN;

    private int parts = PARTS_BEHIND;

    private Instant seen = Instant.MIN;

    /** Whether the ticks since the one of {@link #first} may compute. */
    private boolean open;

    private void tick(Pace pace, Instant now) {
      if (now.isBefore(seen)) {
        // A clock that was set back must not stop it.
        fair = now;
      }
      seen = now;
      if (first == null || first == pace) {
        // Decided for all partitions at once: else the first would leave nothing to the others.
        first = pace;
        spent = Duration.ZERO;
        open = !now.isBefore(fair);
        parts = read.isBefore(now.minus(BEHIND)) ? PARTS_BEHIND : PARTS;
      }
    }

    private boolean hasTime() {
      return spent.compareTo(AT_A_TIME) < 0;
    }

    private void spend(Instant now, Duration before, Duration more) {
      took = took.minus(before).plus(more);
      spent = spent.plus(more);
      Instant earliest = now.minus(LEEWAY);
      fair = (fair.isBefore(earliest) ? earliest : fair).plus(more.multipliedBy(parts));
    }

    private void leave(Duration last) {
      took = took.minus(last);
      first = null;
    }
  }

  private final Share share;
  private Duration last = Duration.ZERO;
  private Instant computedAt = Instant.MIN;

  /** It was its turn, but there was no time. */
  private boolean owed;

  /** Time of the newest record that was read since the last tick; null if none was. */
  private @Nullable Instant newest;

  private Duration behind = Duration.ZERO;

  /** With the share of the thread that computes. */
  Pace(Share share) {
    this.share = share;
  }

  /** Notes that a record of this time was read. */
  void read(Instant recordTime) {
    share.read = recordTime;
    newest = newest == null || newest.isBefore(recordTime) ? recordTime : newest;
  }

  /**
   * How much time is to lie between two computations of what is known already: as much as reading
   * is behind. So what is told gets twice as old at most, and reading catches up sooner.
   */
  Duration interval() {
    return behind.compareTo(LONGEST) < 0 ? LONGEST : behind.compareTo(SELDOM) > 0 ? SELDOM : behind;
  }

  /** Whether it is time to compute. To be asked once with every tick. */
  boolean isDue(Instant now) {
    share.tick(this, now);
    behind = newest == null ? Duration.ZERO : Duration.between(newest, now);
    newest = null;
    boolean due = share.open || owed || hasWaited(now);
    owed = due && !share.hasTime();
    return due && !owed;
  }

  private boolean hasWaited(Instant now) {
    Duration half = share.took.multipliedBy(2);
    Duration longest = half.compareTo(LONGEST) > 0 ? half : LONGEST;
    return !now.isBefore(computedAt.plus(longest)) || now.isBefore(computedAt);
  }

  /**
   * Whether the thread may begin to compute what is known, when this tick has taken so long. Who is
   * behind does more at a time: with each tick, what opens in an incident that is known costs all
   * of that incident.
   */
  boolean hasTimeForKnown(Duration taken) {
    return behind.compareTo(LONGEST) > 0 || share.spent.plus(taken).compareTo(KNOWN_AT_A_TIME) < 0;
  }

  /** Notes a computation that began at {@code now}. */
  void computed(Instant now, Duration took) {
    share.spend(now, last, took);
    last = took;
    computedAt = now;
  }

  /** This partition leaves the thread. */
  void close() {
    share.leave(last);
    last = Duration.ZERO;
  }
}
