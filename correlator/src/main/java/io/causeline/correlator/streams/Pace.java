package io.causeline.correlator.streams;

import java.time.Duration;
import java.time.Instant;

/**
 * How often incidents are computed: with every tick while that is cheap; in a storm, where it takes
 * longer, so seldom that most of the time is left for reading. (Streams processes but one record
 * between two punctuations that are always due.)
 */
final class Pace {

  /** So many times as long as the last computation took, reading comes first. */
  private static final int READING_SHARE = 3;

  /** Whatever it takes, an incident's latest state leaves within about a second. */
  private static final Duration LONGEST = Duration.ofMillis(800);

  private Instant next = Instant.MIN;

  /** Whether it is time to compute. */
  boolean isDue(Instant now) {
    // A clock that was set back must not stop it.
    return !now.isBefore(next) || now.plus(LONGEST).isBefore(next);
  }

  /** Notes a computation that began at {@code now}. */
  void computed(Instant now, Duration took) {
    Duration rest = took.multipliedBy(READING_SHARE);
    next = now.plus(took).plus(rest.compareTo(LONGEST) > 0 ? LONGEST : rest);
  }
}
