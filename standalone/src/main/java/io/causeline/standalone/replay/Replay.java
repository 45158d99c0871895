package io.causeline.standalone.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.bridge.alertmanager.AlertNormaliser;
import io.causeline.bridge.alertmanager.ClusterChoice;
import io.causeline.bridge.alertmanager.NormalisedBody;
import io.causeline.bridge.alertmanager.UnusableBodyException;
import io.causeline.collector.normalise.EventNormaliser;
import io.causeline.collector.normalise.ObjectTrimmer;
import io.causeline.collector.normalise.WatchedKind;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.TopologyRecord;
import io.causeline.standalone.recording.Recorded;
import io.causeline.standalone.recording.Recorded.Watch;
import io.causeline.standalone.recording.Recorded.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds what was recorded through the same normalisers and the same core as the services do, in
 * event time. A record's {@code at} is the {@code observedAt} of what it tells and the clock of
 * both feeds. What cannot be used is logged, as the services count and refuse it.
 */
public final class Replay {

  private static final Logger log = LoggerFactory.getLogger(Replay.class);

  private final OfflineCluster cluster;
  private final ClusterChoice clusters;
  private final AlertNormaliser alerts;
  private final Set<String> unknownResources = new TreeSet<>();
  private Instant last = Instant.MIN;

  /**
   * A replay into one cluster.
   *
   * @param onChange told each published incident
   */
  public Replay(
      String cluster, Knowledge knowledge, CoreSettings settings, Consumer<Incident> onChange) {
    this(cluster, knowledge, settings, new AlertNormaliser(), onChange);
  }

  /** A replay with a normaliser that many replays share, since it reads its rules anew. */
  public Replay(
      String cluster,
      Knowledge knowledge,
      CoreSettings settings,
      AlertNormaliser alerts,
      Consumer<Incident> onChange) {
    this.alerts = alerts;
    this.cluster = new OfflineCluster(cluster, knowledge, settings, onChange);
    this.clusters = ClusterChoice.always(cluster);
  }

  /**
   * Feeds all records, then lets the clock run on by {@code settle}, so that what has healed can
   * resolve.
   *
   * @return all incidents, merged ones included, in the order of opening
   */
  public List<Incident> run(Iterator<Recorded> records, Duration settle) {
    while (records.hasNext()) {
      feed(records.next());
    }
    if (last.isAfter(Instant.MIN)) {
      cluster.advanceTo(last.plus(settle));
    }
    cluster.publish();
    return cluster.incidents();
  }

  private void feed(Recorded record) {
    Instant at = record.at();
    last = at.isAfter(last) ? at : last;
    cluster.advanceTo(at);
    if (record instanceof Watch watch) {
      if (watch.isEvent()) {
        event(watch);
      } else {
        object(watch);
      }
    } else if (record instanceof Webhook webhook) {
      webhook(webhook);
    }
  }

  /** An Event is deleted when its time to live is over: that says nothing. */
  private void event(Watch watch) {
    if (watch.type() != Watch.Type.DELETED) {
      EventNormaliser.normalise(cluster.name(), watch.object(), watch.at())
          .event()
          .ifPresent(cluster::apply);
    }
  }

  private void object(Watch watch) {
    WatchedKind kind = WatchedKind.ofResource(watch.resource()).orElse(null);
    if (kind == null) {
      if (unknownResources.add(watch.resource())) {
        log.warn("the recording holds {}, which tell Causeline nothing", watch.resource());
      }
      return;
    }
    JsonNode object = watch.object();
    ObjectTrimmer.trim(
            cluster.name(),
            kind,
            object,
            0,
            watch.at(),
            loss -> log.warn("{} at {}: {}", watch.resource(), Json.time(watch.at()), loss))
        .ifPresentOrElse(
            snapshot -> cluster.apply(record(watch, snapshot)),
            () ->
                log.warn(
                    "{} at {}: an object without a name tells nothing",
                    watch.resource(),
                    Json.time(watch.at())));
  }

  private static TopologyRecord record(Watch watch, ObjectSnapshot snapshot) {
    return watch.type() == Watch.Type.DELETED
        ? new TopologyRecord.Gone(
            snapshot.cluster(),
            snapshot.entity(),
            snapshot.uid(),
            snapshot.resourceVersion(),
            snapshot.epoch(),
            watch.at())
        : new TopologyRecord.Present(snapshot);
  }

  private void webhook(Webhook webhook) {
    try {
      NormalisedBody body = alerts.body(clusters, webhook.body(), webhook.at());
      body.signals().forEach(cluster::apply);
      body.rejected()
          .forEach(
              alert ->
                  log.warn(
                      "an alert of the webhook at {} can't be used: {}",
                      Json.time(webhook.at()),
                      alert.detail()));
    } catch (UnusableBodyException e) {
      log.warn("the webhook at {} can't be used: {}", Json.time(webhook.at()), e.getMessage());
    }
  }
}
