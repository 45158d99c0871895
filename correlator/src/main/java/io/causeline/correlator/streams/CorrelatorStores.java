package io.causeline.correlator.streams;

import io.causeline.model.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores of the topology: text keys, bytes as values. */
public final class CorrelatorStores {

  /** {@code cluster/key} → a record of the core's state, as the core wrote it. */
  public static final String STATE = "state";

  /** {@code cluster/incident id} → the latest snapshot. */
  public static final String INCIDENTS = "incidents";

  /** {@link IndexKey} → {@link IndexEntry}: incidents by state and time. */
  public static final String INCIDENTS_BY_TIME = "incidents-by-time";

  /** {@code incident id/cluster} → {@link Publication}. */
  public static final String PUBLICATIONS = "publications";

  private CorrelatorStores() {}

  /**
   * Builders of all of them: on disk, logged to Kafka. Not cached: of a storm's records hardly any
   * is written twice within a commit interval, and finding a record its place in the cache costs
   * more than writing it.
   */
  static List<StoreBuilder<KeyValueStore<String, byte[]>>> builders() {
    return List.of(STATE, INCIDENTS, INCIDENTS_BY_TIME, PUBLICATIONS).stream()
        .map(CorrelatorStores::builder)
        .toList();
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(
            Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(Topics.MAX_RECORD_BYTES)));
  }
}
