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
 * of each incident at most one a second, the latest state within a second.
 */
final class Publisher {

  private static final Logger log = LoggerFactory.getLogger(Publisher.class);

  /** Between two snapshots of one incident. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  /** A tick computes no further cluster after so long; a transaction may last 10 s. */
  private static final Duration TICK_BUDGET = Duration.ofMillis(500);

  /** Snapshots of one tick, in bytes; the rest leaves with the next one. */
  private static final int TICK_BYTES = 16 * 1024 * 1024;

  private record Prepared(Incident whole, Snapshot snapshot, String content) {}

  private final LiveClusters clusters;
  private final StoredIncidents stored;
  private final Consumer<Record<byte[], byte[]>> sink;
  private final CorrelatorMetrics metrics;
  private final ClusterTroubles troubles;
  private final LongSupplier ticker;
  private final Pace pace = new Pace();
  private final PublishRetry retry = new PublishRetry();

  /** Clusters to compute, each with the time of the oldest record that made it so. */
  private final Map<String, Optional<Instant>> dirty = new LinkedHashMap<>();

  /** Time of the oldest signal that the next snapshot of an incident tells of. */
  private final Map<IncidentKey, Instant> waitingSince = new HashMap<>();

  /**
   * A publisher; all clusters that are stored are computed once, since what was applied before a
   * crash may not have been.
   *
   * @param ticker nanoseconds that pass, to see how long computing takes
   */
  Publisher(
      LiveClusters clusters,
      StoredIncidents stored,
      Consumer<Record<byte[], byte[]>> sink,
      CorrelatorMetrics metrics,
      ClusterTroubles troubles,
      LongSupplier ticker) {
    this.clusters = clusters;
    this.stored = stored;
    this.sink = sink;
    this.metrics = metrics;
    this.troubles = troubles;
    this.ticker = ticker;
    touchAll();
  }

  /** Notes that a cluster has news, from a record of this time. */
  void touched(String cluster, Instant recordTime) {
    dirty.merge(
        cluster, Optional.of(recordTime), (before, now) -> before.isPresent() ? before : now);
  }

  /** Has every cluster computed, though none has news. */
  void touchAll() {
    clusters.stored().forEach(cluster -> dirty.putIfAbsent(cluster, Optional.empty()));
  }

  /** Computes what has news, unless reading comes first, and lets leave what is due. */
  void tick(Instant now) {
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
    while (waiting.hasNext() && ticker.getAsLong() - begin < TICK_BUDGET.toNanos()) {
      Map.Entry<String, Optional<Instant>> next = waiting.next();
      if (retry.mayRun(next.getKey(), now)) {
        dirty.remove(next.getKey());
        compute(next.getKey(), next.getValue(), now);
      }
    }
  }

  private void compute(String cluster, Optional<Instant> since, Instant now) {
    Correlation correlation = clusters.get(cluster);
    List<Prepared> prepared = new ArrayList<>();
    List<StateRecord> writes;
    try {
      for (Incident incident : news(cluster, correlation)) {
        Incident whole = incident.withFeed(correlation.feed());
        prepared.add(new Prepared(whole, Snapshot.of(whole), StoredIncidents.content(whole)));
      }
      writes = LiveClusters.requireFit(correlation.takeWrites());
    } catch (RuntimeException | StackOverflowError e) {
      failed(cluster, since, now, e);
      return;
    }
    clusters.save(cluster, writes);
    for (Prepared one : prepared) {
      if (!stored.keep(one.snapshot(), one.content())) {
        metrics.unchanged();
        continue;
      }
      if (one.snapshot().cut()) {
        metrics.cut();
      }
      IncidentKey key = IncidentKey.of(one.whole());
      since.ifPresent(time -> waitingSince.putIfAbsent(key, time));
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
  private List<Incident> news(String cluster, Correlation correlation) {
    List<Incident> changed = correlation.publish();
    return clusters.takeFresh(cluster) ? correlation.incidents() : changed;
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

  /** The clusters go to another process, or come back to this one anew. */
  void close() {
    retry.failing().forEach(troubles::clear);
  }

  private void flush(Instant now) {
    int bytes = 0;
    for (Map.Entry<IncidentKey, Publication> entry : stored.due().entrySet()) {
      if (bytes >= TICK_BYTES) {
        return;
      }
      if (mayLeave(entry.getValue().sentAt(), now)) {
        bytes += send(entry.getKey(), now);
      }
    }
  }

  /** A clock that was set back must not hold a snapshot up. */
  private static boolean mayLeave(@Nullable Instant sentAt, Instant now) {
    return sentAt == null || sentAt.isAfter(now) || !now.isBefore(sentAt.plus(INTERVAL));
  }

  private int send(IncidentKey key, Instant now) {
    byte[] json =
        stored
            .json(key)
            .orElseThrow(
                () -> new StoredStateException("incident " + key + " is due but not stored"));
    sink.accept(record(key, json, now));
    stored.sent(key, now);
    metrics.sent();
    Instant since = waitingSince.remove(key);
    if (since != null) {
      metrics.sentAfter(Duration.between(since, now));
    }
    return json.length;
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
