package io.causeline.correlator.streams;

import io.causeline.correlator.core.StateRecord;
import io.causeline.model.Incident;
import io.causeline.model.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of one partition: their cores in memory, restored from the store {@code state} when
 * first needed, after one has failed, and when the knowledge has changed. What the cores change
 * goes to the store through {@link #save}.
 */
final class LiveClusters {

  /** Sorts directly after the slash that ends a cluster's name in keys. */
  private static final char AFTER_SLASH = '0';

  private static final int MAX_VALUE_BYTES = Topics.MAX_RECORD_BYTES - 64 * 1024;

  private final Correlation.Factory factory;
  private final KeyValueStore<String, byte[]> state;
  private final KeyValueStore<String, byte[]> incidents;
  private final Map<String, Correlation> live = new HashMap<>();
  private final Set<String> fresh = new HashSet<>();
  private String knowledge;
  private boolean renewed;

  /**
   * Clusters as they are stored.
   *
   * @param incidents the latest snapshots, of which cores remember those that are not long over
   */
  LiveClusters(
      Correlation.Factory factory,
      KeyValueStore<String, byte[]> state,
      KeyValueStore<String, byte[]> incidents) {
    this.factory = factory;
    this.state = state;
    this.incidents = incidents;
    this.knowledge = factory.knowledge();
  }

  /**
   * Whether the knowledge is another one since this was last asked: all clusters are restored with
   * it when they are next used. What cores changed is stored by now, so nothing is lost.
   */
  boolean takeRenewed() {
    renew();
    boolean was = renewed;
    renewed = false;
    return was;
  }

  private void renew() {
    String now = factory.knowledge();
    if (!now.equals(knowledge)) {
      knowledge = now;
      renewed = true;
      live.clear();
    }
  }

  /** The names of all clusters that are stored; one seek each. */
  List<String> stored() {
    List<String> clusters = new ArrayList<>();
    String from = null;
    while (true) {
      try (KeyValueIterator<String, byte[]> keys = state.range(from, null)) {
        if (!keys.hasNext()) {
          return clusters;
        }
        String cluster = Topics.clusterOf(keys.next().key);
        clusters.add(cluster);
        from = cluster + AFTER_SLASH;
      }
    }
  }

  /**
   * The core of a cluster.
   *
   * @throws StoredStateException if it cannot be restored from what is stored
   */
  Correlation get(String cluster) {
    renew();
    Correlation known = live.get(cluster);
    if (known != null) {
      return known;
    }
    List<StateRecord> records = records(cluster);
    Correlation restored;
    try {
      restored = factory.restore(cluster, records, id -> snapshot(cluster, id));
    } catch (RuntimeException e) {
      throw new StoredStateException(
          "cluster '"
              + cluster
              + "' cannot be restored from its "
              + records.size()
              + " stored records: "
              + e,
          e);
    }
    live.put(cluster, restored);
    fresh.add(cluster);
    return restored;
  }

  /** Whether a cluster was restored since this was last asked. */
  boolean takeFresh(String cluster) {
    return fresh.remove(cluster);
  }

  /** Forgets a core that has failed, so that the next use restores it. */
  void drop(String cluster) {
    live.remove(cluster);
  }

  /** Stores what a core has changed. */
  void save(String cluster, Collection<StateRecord> writes) {
    for (StateRecord write : writes) {
      String key = cluster + "/" + write.key();
      byte @Nullable [] value = write.value();
      if (value == null) {
        state.delete(key);
      } else {
        state.put(key, value);
      }
    }
  }

  /**
   * Returns {@code writes}.
   *
   * @throws IllegalArgumentException if one is too large: Kafka would refuse it, and a refusal ends
   *     the transactional producer for good
   */
  static List<StateRecord> requireFit(List<StateRecord> writes) {
    for (StateRecord write : writes) {
      byte @Nullable [] value = write.value();
      if (value != null && value.length > MAX_VALUE_BYTES) {
        throw new IllegalArgumentException(
            "state record '" + write.key() + "' has " + value.length + " bytes");
      }
    }
    return writes;
  }

  /** The clock of a cluster; empty while its core is not in memory. */
  Optional<Instant> clock(String cluster) {
    return Optional.ofNullable(live.get(cluster)).map(Correlation::clock);
  }

  /** The clock of the cluster that is furthest ahead. */
  Optional<Instant> latestClock() {
    return live.values().stream().map(Correlation::clock).max(Comparator.naturalOrder());
  }

  private @Nullable Incident snapshot(String cluster, String incidentId) {
    byte @Nullable [] stored = incidents.get(new IncidentKey(cluster, incidentId).byCluster());
    return stored == null ? null : StoredValue.read(stored, Incident.class);
  }

  private List<StateRecord> records(String cluster) {
    String prefix = cluster + "/";
    List<StateRecord> records = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> found =
        state.prefixScan(prefix, new StringSerializer())) {
      while (found.hasNext()) {
        KeyValue<String, byte[]> record = found.next();
        records.add(new StateRecord(record.key.substring(prefix.length()), record.value));
      }
    }
    return records;
  }
}
