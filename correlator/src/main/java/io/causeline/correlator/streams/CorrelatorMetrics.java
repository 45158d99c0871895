package io.causeline.correlator.streams;

import io.causeline.model.Heartbeat;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Signal;
import io.causeline.service.Metrics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the topology tells of itself at {@code /metrics}. Thread-safe. */
public final class CorrelatorMetrics {

  private static final Set<String> FEEDS = Set.of(Signal.FEED_KUBERNETES, Signal.FEED_ALERTMANAGER);

  private static final double[] SECONDS = {
    0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30, 60, 300
  };

  private final Metrics.Counter signals;
  private final Metrics.Counter deadLetters;
  private final Metrics.Counter snapshots;
  private final Metrics.Counter cut;
  private final Metrics.Counter unchanged;
  private final Metrics.Counter expired;
  private final Metrics.Counter publishFailures;
  private final Metrics.Counter threadFailures;
  private final Metrics.Histogram toIncident;
  private final Metrics.Gauge feedLag;
  private final Metrics.Gauge feedGaps;
  private final Metrics.Gauge feedHeard;

  /** By task, so that one that moves away takes its share along. */
  private final Map<String, Map<Severity, Integer>> active = new ConcurrentHashMap<>();

  /** Registers all of them. */
  public CorrelatorMetrics(Metrics metrics) {
    signals =
        metrics.counter(
            "causeline_correlator_signals_total",
            "Records read from signals, topology and commands, by kind and by what became of them:"
                + " accepted told something new, duplicate was known, ignored is no signal,"
                + " rejected names what is not there, dead-letter could not be used.",
            "kind",
            "outcome");
    deadLetters =
        metrics.counter(
            "causeline_correlator_dead_letters_total",
            "Records written to the topic dead-letters, by what was wrong with them.",
            "reason");
    snapshots =
        metrics.counter(
            "causeline_correlator_snapshots_total",
            "Snapshots written to the topic incidents; at most one a second for each incident.");
    cut =
        metrics.counter(
            "causeline_correlator_snapshots_cut_total",
            "Snapshots that were too large and from which something was cut, as their timeline"
                + " says.");
    unchanged =
        metrics.counter(
            "causeline_correlator_snapshots_unchanged_total",
            "Incidents that the core told again without a change, as after a restart; not written.");
    expired =
        metrics.counter(
            "causeline_correlator_incidents_expired_total",
            "Incidents removed because they ended longer ago than the retention time.");
    publishFailures =
        metrics.counter(
            "causeline_correlator_publish_failures_total",
            "Times that a cluster's incidents could not be computed; it is tried again, and until"
                + " then its incidents say that they are not up to date.");
    threadFailures =
        metrics.counter(
            "causeline_correlator_thread_failures_total",
            "Stream threads that ended with an exception, by what was done about it.",
            "decision");
    toIncident =
        metrics.histogram(
            "causeline_correlator_signal_to_incident_seconds",
            "Time from a signal's record in Kafka to the snapshot of the incident that it changed.",
            SECONDS);
    feedLag =
        metrics.gauge(
            "causeline_correlator_feed_lag_seconds",
            "How far behind its source a feed was, by its latest heartbeat.",
            "cluster",
            "feed");
    feedGaps =
        metrics.gauge(
            "causeline_correlator_feed_gaps",
            "Spans of the last 24 h in which a feed may have missed something, by its latest"
                + " heartbeat.",
            "cluster",
            "feed");
    feedHeard =
        metrics.gauge(
            "causeline_correlator_feed_heartbeat_timestamp_seconds",
            "Time of a feed's latest heartbeat, by the feed's own clock; one that stands still is"
                + " a feed that fell silent.",
            "cluster",
            "feed");
    for (Severity severity : Severity.values()) {
      metrics.gauge(
          "causeline_correlator_incidents_active",
          "Open and acknowledged incidents of the partitions that this process owns, by severity.",
          Map.of("severity", severity.word()),
          () -> (double) active(severity));
    }
  }

  private int active(Severity severity) {
    return active.values().stream().mapToInt(counts -> counts.getOrDefault(severity, 0)).sum();
  }

  void signal(String kind, String outcome) {
    signals.inc(kind, outcome);
  }

  void deadLetter(String kind, RecordFault fault) {
    signals.inc(kind, "dead-letter");
    deadLetters.inc(fault.word());
  }

  void heartbeat(Heartbeat heartbeat) {
    String feed = FEEDS.contains(heartbeat.feed()) ? heartbeat.feed() : "other";
    feedLag.set(heartbeat.lag().toMillis() / 1000.0, heartbeat.cluster(), feed);
    feedGaps.set(heartbeat.gaps().size(), heartbeat.cluster(), feed);
    feedHeard.set(heartbeat.observedAt().toEpochMilli() / 1000.0, heartbeat.cluster(), feed);
  }

  void sent() {
    snapshots.inc();
  }

  void sentAfter(Duration sinceSignal) {
    toIncident.observe(Math.max(0, sinceSignal.toMillis()) / 1000.0);
  }

  void cut() {
    cut.inc();
  }

  void unchanged() {
    unchanged.inc();
  }

  void expired(int count) {
    expired.add(count);
  }

  void publishFailed() {
    publishFailures.inc();
  }

  void threadFailed(String decision) {
    threadFailures.inc(decision);
  }

  void active(String task, Map<Severity, Integer> counts) {
    active.put(task, counts);
  }

  void taskClosed(String task) {
    active.remove(task);
  }
}
