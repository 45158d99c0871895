package io.causeline.collector.watch;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: doubled with each failure in a row, with jitter, so that
 * many watches that broke together do not come back together.
 *
 * @param first after the first failure, before jitter
 * @param longest before jitter
 */
public record Backoff(Duration first, Duration longest) {

  /** From half a second to half a minute. */
  public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /**
   * The time to wait.
   *
   * @param failures in a row, at least 1
   * @param random from 0 to 1: the wait is that share between a half and the whole
   */
  public Duration after(int failures, DoubleSupplier random) {
    int doublings = Math.min(Math.max(0, failures - 1), 20);
    Duration whole = first.multipliedBy(1L << doublings);
    if (whole.compareTo(longest) > 0) {
      whole = longest;
    }
    return Duration.ofNanos((long) (whole.toNanos() * (0.5 + random.getAsDouble() / 2)));
  }
}
