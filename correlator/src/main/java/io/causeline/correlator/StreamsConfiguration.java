package io.causeline.correlator;

import io.causeline.correlator.streams.RocksDbMemory;
import io.causeline.model.Topics;
import io.causeline.service.KafkaProperties;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams' configuration, from the settings. */
public final class StreamsConfiguration {

  /** Half of the time between two commits. */
  private static final int LINGER_MILLIS = 50;

  private StreamsConfiguration() {}

  /** The name of the consumer group, and the beginning of the changelogs' names. */
  static String applicationId(CorrelatorSettings settings) {
    return settings.kafka().topicPrefix() + "correlator";
  }

  /**
   * Makes it.
   *
   * @param applicationServer {@code host:port} by which other instances reach this one
   */
  public static Map<String, Object> of(
      CorrelatorSettings settings, String applicationServer, RocksDbMemory memory) {
    Map<String, Object> config = KafkaProperties.of(settings.kafka());
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(settings));
    config.put(StreamsConfig.APPLICATION_SERVER_CONFIG, applicationServer);
    config.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
    config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.kafka().replication());
    config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // Waiting costs more than reading a signal's JSON: for every record Streams works out why it
    // does not wait for the topics that are empty. The core takes signals, objects and commands in
    // any order.
    config.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    config.put("processing.exception.handler.global.enabled", true);
    // None of the stores has one, see CorrelatorStores.
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.Setter.class);
    config.put(RocksDbMemory.CONFIG, memory);
    config.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        Topics.MAX_RECORD_BYTES);
    config.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    // Nobody reads before the commit, which sends what is left: sooner is only more requests.
    config.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
    config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
    // A process that dies is noticed sooner than by Kafka's default of 45 s.
    config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 15_000);
    config.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
    config.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        Topics.MAX_RECORD_BYTES);
    return config;
  }

  /** Of consumers that read what is committed, from wherever they are told, without a group. */
  static Map<String, Object> committedConsumer(CorrelatorSettings settings) {
    Map<String, Object> config = KafkaProperties.of(settings.kafka());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "causeline-incident-stream");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topics.MAX_RECORD_BYTES);
    return config;
  }
}
