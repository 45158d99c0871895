package io.causeline.collector.lease;

import java.time.Duration;

/**
 * A lease and its times.
 *
 * @param identity of this collector, unlike that of any other
 * @param duration after which others may take a lease that is not renewed
 * @param renewDeadline after which its holder gives up renewing it
 * @param retryPeriod between tries
 */
public record LeaseTerms(
    String namespace,
    String name,
    String identity,
    Duration duration,
    Duration renewDeadline,
    Duration retryPeriod) {

  public LeaseTerms {
    if (duration.compareTo(renewDeadline) <= 0 || renewDeadline.compareTo(retryPeriod) <= 0) {
      throw new IllegalArgumentException(
          "a lease needs duration > renew deadline > retry period, not "
              + duration
              + ", "
              + renewDeadline
              + ", "
              + retryPeriod);
    }
  }
}
