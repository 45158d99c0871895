package io.causeline.correlator.streams;

import io.causeline.model.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** What Kafka Streams knows of partitions: here and elsewhere. */
public final class KafkaPartitions implements LocalPartitions, Placement {

  private final Supplier<@Nullable StreamsInstance> instance;
  private final String signals;
  private final ClusterTroubles troubles;

  /**
   * A view.
   *
   * @param instance null until it is made
   * @param topicPrefix of the topics' names
   */
  public KafkaPartitions(
      Supplier<@Nullable StreamsInstance> instance, String topicPrefix, ClusterTroubles troubles) {
    this.instance = instance;
    this.signals = Topics.SIGNALS.name(topicPrefix);
    this.troubles = troubles;
  }

  @Override
  public Look partition(int partition) {
    StreamsInstance made = instance.get();
    if (made == null) {
      return new Refused("it is starting");
    }
    KafkaStreams running = made.kafkaStreams();
    try {
      return new Held(reader(running, partition, false), 0);
    } catch (InvalidStateStoreException notOwner) {
      return copy(running, partition);
    } catch (IllegalStateException e) {
      return new Refused("it is stopping");
    }
  }

  private Look copy(KafkaStreams running, int partition) {
    try {
      IncidentReader reader = reader(running, partition, true);
      Map<Integer, LagInfo> lags =
          running.allLocalStorePartitionLags().getOrDefault(CorrelatorStores.INCIDENTS, Map.of());
      LagInfo lag = lags.get(partition);
      return lag == null
          ? new Refused("how old its copy is cannot be told")
          : new Held(reader, lag.offsetLag());
    } catch (InvalidStateStoreException e) {
      return new Refused("it is moving or being restored");
    } catch (KafkaException | IllegalStateException e) {
      return new Refused("how old its copy is cannot be told (" + e.getMessage() + ")");
    }
  }

  private IncidentReader reader(KafkaStreams running, int partition, boolean stale) {
    return new IncidentReader(
        store(running, CorrelatorStores.INCIDENTS, partition, stale),
        store(running, CorrelatorStores.INCIDENTS_BY_TIME, partition, stale),
        store(running, CorrelatorStores.PUBLICATIONS, partition, stale),
        store(running, CorrelatorStores.STATE, partition, stale),
        troubles);
  }

  private static ReadOnlyKeyValueStore<String, byte[]> store(
      KafkaStreams running, String name, int partition, boolean stale) {
    StoreQueryParameters<ReadOnlyKeyValueStore<String, byte[]>> query =
        StoreQueryParameters.fromNameAndType(
                name, QueryableStoreTypes.<String, byte[]>keyValueStore())
            .withPartition(partition);
    return running.store(stale ? query.enableStaleStores() : query);
  }

  @Override
  public List<Holder> holders(int partition) {
    StreamsInstance made = instance.get();
    if (made == null || !made.kafkaStreams().state().isRunningOrRebalancing()) {
      return List.of();
    }
    TopicPartition wanted = new TopicPartition(signals, partition);
    List<Holder> owners = new ArrayList<>();
    List<Holder> copies = new ArrayList<>();
    for (StreamsMetadata one : instances(made.kafkaStreams())) {
      boolean here = one.hostInfo().equals(made.self());
      if (one.topicPartitions().contains(wanted)) {
        owners.add(new Holder(one.host(), one.port(), here, true));
      } else if (one.standbyTopicPartitions().contains(wanted)) {
        copies.add(new Holder(one.host(), one.port(), here, false));
      }
    }
    owners.addAll(copies);
    return owners;
  }

  private static Collection<StreamsMetadata> instances(KafkaStreams running) {
    try {
      return running.metadataForAllStreamsClients();
    } catch (IllegalStateException e) {
      // It began to stop between the two calls: nobody is known to hold anything.
      return List.of();
    }
  }
}
