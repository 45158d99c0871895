package io.causeline.correlator.knowledge;

import java.time.Duration;

/**
 * How events of a reason live: when they open an incident, and when silence means that they are
 * over. The first rule that matches counts.
 *
 * @param matcher which events
 * @param openCount opens at once when an event was counted so often
 * @param openAfter opens when it has not healed for so long
 * @param quiet over when not repeated for so long: longer than its emitter's back-off
 * @param benign never opens an incident by itself
 */
public record EventRule(
    Matcher.OnEvent matcher, int openCount, Duration openAfter, Duration quiet, boolean benign) {

  /** Two of them, or one that has not healed for 30 s; over after 15 min of silence. */
  public static final int DEFAULT_OPEN_COUNT = 2;

  /** See {@link #DEFAULT_OPEN_COUNT}. */
  public static final Duration DEFAULT_OPEN_AFTER = Duration.ofSeconds(30);

  /** See {@link #DEFAULT_OPEN_COUNT}. */
  public static final Duration DEFAULT_QUIET = Duration.ofMinutes(15);
}
