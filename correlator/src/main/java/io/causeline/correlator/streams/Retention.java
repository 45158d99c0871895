package io.causeline.correlator.streams;

import io.causeline.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Removes incidents that ended longer ago than the retention time, by the clock of their own
 * cluster: time moves only by records, so a replayed past is not expired by today's date.
 */
final class Retention {

  /** How often it looks, by the wall clock. */
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** At most so many in one go; the rest follows with the next tick. */
  private static final int BATCH = 500;

  private static final Set<Incident.State> ENDED =
      Set.of(Incident.State.RESOLVED, Incident.State.MERGED);

  private final Duration retention;
  private final LiveClusters clusters;
  private final StoredIncidents stored;
  private final Consumer<Record<byte[], byte[]>> sink;
  private final CorrelatorMetrics metrics;
  private Instant next = Instant.MIN;

  Retention(
      Duration retention,
      LiveClusters clusters,
      StoredIncidents stored,
      Consumer<Record<byte[], byte[]>> sink,
      CorrelatorMetrics metrics) {
    this.retention = retention;
    this.clusters = clusters;
    this.stored = stored;
    this.sink = sink;
    this.metrics = metrics;
  }

  /** Looks if it is time to. */
  void tick(Instant now) {
    if (now.isBefore(next)) {
      return;
    }
    List<IncidentKey> old = expired();
    for (IncidentKey key : old) {
      stored.forget(key);
      sink.accept(Publisher.record(key, null, now));
    }
    if (!old.isEmpty()) {
      metrics.expired(old.size());
    }
    next = old.size() < BATCH ? now.plus(EVERY) : now;
  }

  private List<IncidentKey> expired() {
    List<IncidentKey> old = new ArrayList<>();
    Instant latest = clusters.latestClock().orElse(Instant.MIN);
    for (Incident.State state : ENDED) {
      try (KeyValueIterator<String, byte[]> keys = stored.oldest(state)) {
        while (keys.hasNext() && old.size() < BATCH) {
          IndexKey key = IndexKey.parse(keys.next().key);
          if (!key.place().openedAt().plus(retention).isBefore(latest)) {
            // Those that follow opened later still.
            break;
          }
          IncidentKey incident = new IncidentKey(key.cluster(), key.place().id());
          if (hasExpired(incident)) {
            old.add(incident);
          }
        }
      }
    }
    return old;
  }

  private boolean hasExpired(IncidentKey key) {
    Optional<Instant> clock = clusters.clock(key.cluster());
    return clock.isPresent()
        && stored
            .publication(key)
            .map(Publication::endedAt)
            .filter(ended -> ended.plus(retention).isBefore(clock.get()))
            .isPresent();
  }
}
