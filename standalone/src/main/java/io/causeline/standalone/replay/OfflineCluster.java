package io.causeline.standalone.replay;

import io.causeline.correlator.core.ClusterCorrelator;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Heartbeat;
import io.causeline.model.Incident;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One cluster's core, driven by time that is told instead of passing. It lives as in the services:
 * both feeds' heartbeats come while nothing else does, and what changed is published a little later
 * than it was applied.
 */
final class OfflineCluster {

  /** As the correlator's commit interval. */
  private static final Duration PUBLISH_INTERVAL = Duration.ofMillis(100);

  private static final Duration BEAT = Duration.ofSeconds(10);

  /** After so long a silence everything is decided: the clock can jump. */
  private static final Duration LONGEST_WALK = Duration.ofDays(2);

  private final String cluster;
  private final ClusterCorrelator correlator;
  private final Consumer<Incident> onChange;
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private @Nullable Instant now;
  private Instant published = Instant.MIN;

  OfflineCluster(
      String cluster, Knowledge knowledge, CoreSettings settings, Consumer<Incident> onChange) {
    this.cluster = cluster;
    this.correlator = ClusterCorrelator.create(cluster, knowledge, settings);
    this.onChange = onChange;
  }

  /** The cluster's name. */
  String name() {
    return cluster;
  }

  /** Lets time pass until {@code time}; what lies before the present changes nothing. */
  void advanceTo(Instant time) {
    Instant from = now;
    if (from == null) {
      beat(time);
      return;
    }
    if (!time.isAfter(from)) {
      return;
    }
    if (!time.isBefore(published.plus(PUBLISH_INTERVAL))) {
      publish();
    }
    Instant walked = from.plus(LONGEST_WALK);
    for (Instant at = from.plus(BEAT);
        at.isBefore(time) && at.isBefore(walked);
        at = at.plus(BEAT)) {
      beat(at);
      publish();
    }
    beat(time);
  }

  /** Lets time pass without computing anything: what comes until then is looked at together. */
  void passTo(Instant time) {
    if (now == null || time.isAfter(now)) {
      beat(time);
    }
  }

  private void beat(Instant time) {
    now = time;
    for (String feed : List.of(Signal.FEED_KUBERNETES, Signal.FEED_ALERTMANAGER)) {
      correlator.apply(new Heartbeat(cluster, feed, time, Duration.ZERO, List.of()));
    }
  }

  void apply(Signal signal) {
    correlator.apply(signal);
  }

  void apply(TopologyRecord record) {
    correlator.apply(record);
  }

  /** Tells of all objects that are there that they are, since {@code since} at the earliest. */
  void observeObjects(Instant since) {
    correlator.observeObjects(since);
  }

  /** Computes what is due now. */
  void publish() {
    published = correlator.clock();
    for (Incident incident : correlator.publish()) {
      incidents.put(incident.id(), incident);
      onChange.accept(incident);
    }
  }

  /**
   * All incidents there ever were, merged ones included, in the order of opening: also those that
   * the core has forgotten since.
   */
  List<Incident> incidents() {
    Incident.Feed feed = correlator.feed();
    List<Incident> all = new ArrayList<>();
    incidents.values().forEach(incident -> all.add(incident.withFeed(feed)));
    all.sort(Comparator.comparing(Incident::openedAt).thenComparing(Incident::id));
    return all;
  }
}
