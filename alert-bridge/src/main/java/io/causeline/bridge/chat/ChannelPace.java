package io.causeline.bridge.chat;

import java.time.Duration;
import java.time.Instant;

/**
 * When a channel may be called next: never faster than its spacing, after a failure later and
 * later, and as late as the channel asks.
 */
final class ChannelPace {

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
  private static final Duration FIRST_MENDED = Duration.ofSeconds(30);
  private static final Duration LONGEST_MENDED = Duration.ofMinutes(5);

  private final Duration spacing;
  private Instant openAt = Instant.MIN;
  private int failures;
  private int rejections;

  ChannelPace(Duration spacing) {
    this.spacing = spacing;
  }

  /** When the next call may be made. */
  Instant openAt() {
    return openAt;
  }

  /** The channel did what it was asked, or refused that one message. */
  void answered(Instant now) {
    failures = 0;
    rejections = 0;
    openAt = now.plus(spacing);
  }

  /** The channel did not answer, or asked to be left alone for a while. */
  void failed(Instant now, Duration after) {
    Duration own = after.isZero() ? growing(FIRST_RETRY, LONGEST_RETRY, failures++) : after;
    openAt = now.plus(own.compareTo(spacing) < 0 ? spacing : own);
  }

  /** The channel takes nothing until a person acts. */
  void rejected(Instant now) {
    openAt = now.plus(growing(FIRST_MENDED, LONGEST_MENDED, rejections++));
  }

  /** Nothing may be sent for so long, for another reason than the channel's. */
  void hold(Instant until) {
    if (until.isAfter(openAt)) {
      openAt = until;
    }
  }

  /** {@code first}, doubled {@code times} times, at most {@code longest}. */
  static Duration growing(Duration first, Duration longest, int times) {
    Duration grown = first.multipliedBy(1L << Math.min(times, 20));
    return grown.compareTo(longest) > 0 ? longest : grown;
  }
}
