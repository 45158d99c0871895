package io.causeline.correlator.streams;

import io.causeline.correlator.core.StateRecord;
import io.causeline.model.Incident;
import io.causeline.service.SchemaHeader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the incidents of clusters that have news, and lets their snapshots leave for the topic:
 * of each incident at most one a second, the latest state within a second. So what is known already
 * is computed no more often than that either, and less often while much waits to be read ({@link
 * Pace#interval}); what is new, and what people did, at once.
 */
final class Publisher {

  private static final Logger log = LoggerFactory.getLogger(Publisher.class);

  /** Between two snapshots of one incident. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Snapshots of one tick, in bytes; the rest leaves with the next one. */
  private static final int TICK_BYTES = 16 * 1024 * 1024;

  private record Prepared(Snapshot snapshot, boolean known) {}

  private final LiveClusters clusters;
  private final StoredIncidents stored;
  private final Consumer<Record<byte[], byte[]>> sink;
  private final CorrelatorMetrics metrics;
  private final ClusterTroubles troubles;
  private final LongSupplier ticker;
  private final Pace pace;
  private final PublishRetry retry = new PublishRetry();

  /** Clusters to compute, each with the time of the oldest record that made it so. */
  private final Map<String, Optional<Instant>> dirty = new LinkedHashMap<>();

  /** When all of a cluster that was due was computed last. */
  private final Map<String, Instant> computed = new HashMap<>();

  private int bytesOfTick;

  /** Time of the oldest signal that the next snapshot of an incident tells of. */
  private final Map<IncidentKey, Instant> waitingSince = new HashMap<>();

  /**
   * A publisher; all clusters that are stored are computed once, since what was applied before a
   * crash may not have been.
   *
   * @param ticker nanoseconds that pass, to see how long computing takes
   * @param share of the thread's time
   */
  Publisher(
      LiveClusters clusters,
      StoredIncidents stored,
      Consumer<Record<byte[], byte[]>> sink,
      CorrelatorMetrics metrics,
      ClusterTroubles troubles,
      LongSupplier ticker,
      Pace.Share share) {
    this.clusters = clusters;
    this.stored = stored;
    this.sink = sink;
    this.metrics = metrics;
    this.troubles = troubles;
    this.ticker = ticker;
    this.pace = new Pace(share);
    touchAll();
  }

  /** Notes that a cluster has news, from a record of this time. */
  void touched(String cluster, Instant recordTime) {
    pace.read(recordTime);
    Optional<Instant> oldest = dirty.get(cluster);
    if (oldest == null || oldest.isEmpty()) {
      dirty.put(cluster, Optional.of(recordTime));
    }
  }

  /** Has every cluster computed, though none has news. */
  void touchAll() {
    clusters.stored().forEach(cluster -> dirty.putIfAbsent(cluster, Optional.empty()));
  }

  /** Computes what has news, unless reading comes first, and lets leave what is due. */
  void tick(Instant now) {
    bytesOfTick = 0;
    if (pace.isDue(now)) {
      long begin = ticker.getAsLong();
      computeDirty(now, begin);
      pace.computed(now, Duration.ofNanos(ticker.getAsLong() - begin));
    }
    flush(now);
  }

  private void computeDirty(Instant now, long begin) {
    Iterator<Map.Entry<String, Optional<Instant>>> waiting =
        new ArrayList<>(dirty.entrySet()).iterator();
    Duration taken = Duration.ZERO;
    while (waiting.hasNext() && taken.compareTo(Pace.AT_A_TIME) < 0) {
      Map.Entry<String, Optional<Instant>> next = waiting.next();
      String cluster = next.getKey();
      if (retry.mayRun(cluster, now)) {
        dirty.remove(cluster);
        boolean all =
            isOver(pace.interval(), computed.get(cluster), now) && pace.hasTimeForKnown(taken);
        compute(cluster, all, next.getValue(), now);
      }
      taken = Duration.ofNanos(ticker.getAsLong() - begin);
    }
  }

  private void compute(String cluster, boolean due, Optional<Instant> since, Instant now) {
    Correlation correlation = clusters.get(cluster);
    List<Prepared> prepared = new ArrayList<>();
    List<StateRecord> writes;
    boolean all = due;
    try {
      boolean retold = clusters.takeFresh(cluster);
      all |= retold;
      for (Incident incident : news(correlation, retold, all)) {
        Snapshot snapshot = Snapshot.of(incident.withFeed(correlation.feed()));
        prepared.add(new Prepared(snapshot, retold && stored.isKnown(snapshot)));
      }
      writes = LiveClusters.requireFit(correlation.takeWrites());
    } catch (RuntimeException | StackOverflowError e) {
      failed(cluster, since, now, e);
      return;
    }
    if (all) {
      computed.put(cluster, now);
    } else {
      // The rest waits: snapshots of it would not leave before.
      dirty.putIfAbsent(cluster, since);
    }
    clusters.save(cluster, writes);
    for (Prepared one : prepared) {
      if (one.known()) {
        metrics.unchanged();
      } else {
        keep(one.snapshot(), since, now);
      }
    }
    if (retry.succeeded(cluster)) {
      troubles.clear(cluster);
      log.atInfo().setMessage("cluster is computed again").addKeyValue("cluster", cluster).log();
    }
  }

  /**
   * After a restore all that is remembered: what the lost instance had concluded may have been
   * stored without having been taken from it. What is known already is not stored again.
   */
  private static List<Incident> news(Correlation correlation, boolean retold, boolean all) {
    List<Incident> changed = all ? correlation.publish() : correlation.publishUrgent();
    return retold ? correlation.incidents() : changed;
  }

  /** Stores a snapshot; it leaves at once if it may, so that it is not read again for that. */
  private void keep(Snapshot snapshot, Optional<Instant> since, Instant now) {
    IncidentKey key = IncidentKey.of(snapshot.incident());
    if (snapshot.cut()) {
      metrics.cut();
    }
    since.ifPresent(time -> waitingSince.putIfAbsent(key, time));
    Instant sentAt = stored.publication(key).map(Publication::sentAt).orElse(null);
    if (bytesOfTick < TICK_BYTES && mayLeave(sentAt, now)) {
      stored.keepSent(snapshot, now);
      send(key, snapshot.json(), now);
    } else {
      stored.keep(snapshot);
    }
  }

  /** No record is at fault here: what was applied is stored, so the computation is tried again. */
  private void failed(String cluster, Optional<Instant> since, Instant now, Throwable cause) {
    clusters.drop(cluster);
    dirty.merge(cluster, since, (before, again) -> before.isPresent() ? before : again);
    Duration wait = retry.failed(cluster, now);
    metrics.publishFailed();
    troubles.add(
        cluster, "incidents of this cluster could not be brought up to date (" + cause + ")");
    log.atError()
        .setMessage("the incidents of a cluster cannot be computed; trying again")
        .addKeyValue("cluster", cluster)
        .addKeyValue("retryAfterSeconds", wait.toSeconds())
        .setCause(cause)
        .log();
  }

  /** Whether a cluster waits to be computed, or a snapshot waits to leave. */
  boolean hasWork() {
    return !dirty.isEmpty() || stored.hasDue();
  }

  /** The clusters go to another process, or come back to this one anew. */
  void close() {
    retry.failing().forEach(troubles::clear);
    pace.close();
  }

  private void flush(Instant now) {
    for (Map.Entry<IncidentKey, Publication> entry : stored.due().entrySet()) {
      if (bytesOfTick >= TICK_BYTES) {
        return;
      }
      IncidentKey key = entry.getKey();
      if (mayLeave(entry.getValue().sentAt(), now)) {
        byte[] json =
            stored
                .json(key)
                .orElseThrow(
                    () -> new StoredStateException("incident " + key + " is due but not stored"));
        stored.sent(key, now);
        send(key, json, now);
      }
    }
  }

  private static boolean mayLeave(@Nullable Instant sentAt, Instant now) {
    return isOver(INTERVAL, sentAt, now);
  }

  /** A clock that was set back must not hold anything up. */
  private static boolean isOver(Duration interval, @Nullable Instant since, Instant now) {
    return since == null || since.isAfter(now) || !now.isBefore(since.plus(interval));
  }

  private void send(IncidentKey key, byte[] json, Instant now) {
    sink.accept(record(key, json, now));
    bytesOfTick += json.length;
    metrics.sent();
    Instant since = waitingSince.remove(key);
    if (since != null) {
      metrics.sentAfter(Duration.between(since, now));
    }
  }

  /** A record of the topic {@code incidents}; without a value it is a tombstone. */
  @SuppressWarnings("NullAway") // Kafka's Record has no null-annotations: a tombstone is null.
  static Record<byte[], byte[]> record(IncidentKey key, byte @Nullable [] json, Instant now) {
    RecordHeaders headers = new RecordHeaders();
    SchemaHeader.write(headers);
    return new Record<>(
        key.byCluster().getBytes(StandardCharsets.UTF_8), json, now.toEpochMilli(), headers);
  }
}
