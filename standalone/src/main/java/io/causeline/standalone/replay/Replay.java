package io.causeline.standalone.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.bridge.alertmanager.AlertNormaliser;
import io.causeline.bridge.alertmanager.ClusterChoice;
import io.causeline.collector.normalise.EventNormaliser;
import io.causeline.collector.normalise.ObjectTrimmer;
import io.causeline.collector.normalise.WatchedKind;
import io.causeline.correlator.core.ClusterCorrelator;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Incident;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.TopologyRecord;
import io.causeline.standalone.recording.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Feeds what was recorded through the same normalisers and the same core as the services do, in
 * event time. A record's {@code at} is the {@code observedAt} of what it tells and the clock of
 * both feeds.
 */
public final class Replay {

  /** The clock runs on in such steps after the last record, so that each effect is seen in time. */
  private static final Duration STEP = Duration.ofSeconds(10);

  private final String cluster;
  private final ClusterCorrelator correlator;
  private final ClusterChoice clusters;
  private final AlertNormaliser alerts = new AlertNormaliser();
  private final Consumer<Incident> onChange;
  private Instant last = Instant.EPOCH;

  /**
   * A replay into one cluster.
   *
   * @param onChange told each published incident
   */
  public Replay(
      String cluster, Knowledge knowledge, CoreSettings settings, Consumer<Incident> onChange) {
    this.cluster = cluster;
    this.clusters = ClusterChoice.always(cluster);
    this.correlator = ClusterCorrelator.create(cluster, knowledge, settings);
    this.onChange = onChange;
  }

  /** Feeds all records, then lets the clock run on by {@code settle}. */
  public List<Incident> run(Iterator<Recorded> records, Duration settle) {
    while (records.hasNext()) {
      feed(records.next());
    }
    settle(settle);
    return incidents();
  }

  /** Feeds one record. */
  public void feed(Recorded record) {
    Instant at = record.at();
    last = at.isAfter(last) ? at : last;
    correlator.advanceTo(at);
    if (record instanceof Recorded.Watch watch) {
      if (watch.isEvent()) {
        if (watch.type() != Recorded.Watch.Type.DELETED) {
          event(watch.object(), at);
        }
      } else {
        object(watch, at);
      }
    } else if (record instanceof Recorded.Webhook webhook) {
      alerts.body(clusters, webhook.body(), at).signals().forEach(correlator::apply);
    }
    publish();
  }

  private void event(JsonNode event, Instant at) {
    EventNormaliser.normalise(cluster, event, at).event().ifPresent(correlator::apply);
  }

  private void object(Recorded.Watch watch, Instant at) {
    WatchedKind kind = WatchedKind.ofResource(watch.resource()).orElse(null);
    ObjectTrimmer.trim(cluster, kind, watch.object(), 0, at, loss -> {})
        .ifPresent(snapshot -> object(watch.type(), snapshot, at));
  }

  private void object(Recorded.Watch.Type type, ObjectSnapshot snapshot, Instant at) {
    correlator.apply(
        type == Recorded.Watch.Type.DELETED
            ? new TopologyRecord.Gone(
                cluster, snapshot.entity(), snapshot.uid(), snapshot.resourceVersion(), 0, at)
            : new TopologyRecord.Present(snapshot));
  }

  /** Lets the clock run on after the last record, so that what has healed can resolve. */
  public void settle(Duration settle) {
    Instant end = last.plus(settle);
    for (Instant at = last; at.isBefore(end); at = at.plus(STEP)) {
      correlator.advanceTo(at);
      publish();
    }
    correlator.advanceTo(end);
    publish();
  }

  private void publish() {
    correlator.publish().forEach(onChange);
  }

  /** All incidents so far, merged ones included, in the order of opening. */
  public List<Incident> incidents() {
    return correlator.incidents().stream()
        .map(incident -> incident.withFeed(correlator.feed()))
        .toList();
  }
}
