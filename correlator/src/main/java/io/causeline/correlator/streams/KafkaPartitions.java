package io.causeline.correlator.streams;

import io.causeline.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Kafka Streams knows of partitions: here and elsewhere. */
public final class KafkaPartitions implements LocalPartitions, Placement {

  private static final Logger log = LoggerFactory.getLogger(KafkaPartitions.class);

  private static final Duration LAG_TIMEOUT = Duration.ofSeconds(1);

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
      IncidentReader reader = reader(running, partition, false);
      return new Held(reader, made.isCutOff() ? UNKNOWN : 0);
    } catch (InvalidStateStoreException notOwner) {
      return copy(running, partition);
    } catch (IllegalStateException e) {
      return new Refused("it is stopping");
    }
  }

  private Look copy(KafkaStreams running, int partition) {
    IncidentReader reader;
    try {
      reader = reader(running, partition, true);
    } catch (InvalidStateStoreException e) {
      return new Refused("it is moving or being restored");
    } catch (IllegalStateException e) {
      return new Refused("it is stopping");
    }
    OptionalLong behind = behind(running, partition);
    return behind.isPresent()
        ? new Held(reader, behind.getAsLong())
        : new Refused("how old its copy is cannot be told now");
  }

  /** Kafka is asked for it, which may take longer than a query waits. */
  private static OptionalLong behind(KafkaStreams running, int partition) {
    try {
      LagInfo lag =
          CompletableFuture.supplyAsync(running::allLocalStorePartitionLags)
              .get(LAG_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
              .getOrDefault(CorrelatorStores.INCIDENTS, Map.of())
              .get(partition);
      return lag == null ? OptionalLong.empty() : OptionalLong.of(lag.offsetLag());
    } catch (ExecutionException | TimeoutException e) {
      log.warn("how far a copy of partition {} is behind cannot be told", partition, e);
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
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
    ReadOnlyKeyValueStore<String, byte[]> store =
        running.store(stale ? query.enableStaleStores() : query);
    // Whether the partition is here shows only when the store is used.
    store.get("");
    return store;
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
