package io.causeline.correlator.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** When a cluster whose core failed is computed again: after 1 s, 2 s, 4 s, … at most a minute. */
final class PublishRetry {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private record Failure(int times, Instant retryAt) {}

  private final Map<String, Failure> failures = new HashMap<>();

  /** Whether it may be computed now. */
  boolean mayRun(String cluster, Instant now) {
    Failure failure = failures.get(cluster);
    return failure == null || !now.isBefore(failure.retryAt());
  }

  /** Notes a failure; returns after how long it is tried again. */
  Duration failed(String cluster, Instant now) {
    Failure before = failures.get(cluster);
    int times = before == null ? 1 : before.times() + 1;
    Duration wait = Duration.ofSeconds(1L << Math.min(times - 1, 6));
    wait = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    failures.put(cluster, new Failure(times, now.plus(wait)));
    return wait;
  }

  /** Clusters whose last computation failed. */
  Set<String> failing() {
    return Set.copyOf(failures.keySet());
  }

  /** Notes a success; returns whether there was a failure before it. */
  boolean succeeded(String cluster) {
    return failures.remove(cluster) != null;
  }
}
