package io.causeline.collector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the types of {@link CollectorSettings} cannot say. */
public final class SettingsCheck {

  private static final Duration SHORTEST_WATCH = Duration.ofSeconds(10);

  /** etcd's compaction interval is 5 min; the grace of a watch and its renewal must fit before. */
  private static final Duration LONGEST_WATCH = Duration.ofSeconds(270);

  private SettingsCheck() {}

  /** The faults: key, value and the way out; empty if all is well. */
  public static List<String> faults(CollectorSettings settings) {
    List<String> faults = new ArrayList<>();
    CollectorSettings.Collector collector = settings.collector();
    Duration watch = collector.watchDuration();
    if (watch.compareTo(SHORTEST_WATCH) < 0 || watch.compareTo(LONGEST_WATCH) > 0) {
      faults.add(fault("watch-duration", watch, "use 10s to 270s"));
    }
    Duration heartbeat = collector.heartbeatInterval();
    if (heartbeat.compareTo(Duration.ofSeconds(1)) < 0
        || heartbeat.compareTo(Duration.ofSeconds(30)) > 0) {
      faults.add(
          fault("heartbeat-interval", heartbeat, "use 1s to 30s: a minute of silence is a gap"));
    }
    if (collector.requestTimeout().compareTo(Duration.ofSeconds(1)) < 0) {
      faults.add(fault("request-timeout", collector.requestTimeout(), "use 1s or more"));
    }
    CollectorSettings.Lease lease = collector.lease();
    if (lease.retryPeriod().toMillis() < 100) {
      faults.add(fault("lease.retry-period", lease.retryPeriod(), "use 100ms or more"));
    }
    if (lease.renewDeadline().compareTo(lease.retryPeriod()) <= 0) {
      faults.add(
          fault(
              "lease.renew-deadline",
              lease.renewDeadline(),
              "use more than lease.retry-period (" + lease.retryPeriod() + ")"));
    }
    if (lease.duration().compareTo(lease.renewDeadline()) <= 0
        || lease.duration().compareTo(Duration.ofSeconds(1)) < 0) {
      faults.add(
          fault(
              "lease.duration",
              lease.duration(),
              "use more than lease.renew-deadline (" + lease.renewDeadline() + ")"));
    }
    return faults;
  }

  private static String fault(String key, Duration value, String wayOut) {
    return "causeline.collector." + key + " = " + value + ": " + wayOut;
  }
}
