package io.causeline.bridge.chat;

import io.causeline.model.Topics.Topic;
import io.causeline.service.ClusterPartitioner;
import io.causeline.service.KafkaProperties;
import io.causeline.service.KafkaSettings;
import io.causeline.service.Metrics;
import io.causeline.service.RecordWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** What the notifier needs of Kafka. */
interface ChatKafka extends AutoCloseable {

  /** A topic's whole name. */
  String name(Topic topic);

  /** The partition of a cluster's records, in every topic. */
  int ownerOf(String cluster);

  /** A consumer of what is committed, in the group of this channel. */
  Consumer<String, byte[]> groupConsumer(String channel);

  /** A consumer of what is committed, in no group. */
  Consumer<String, byte[]> consumer(String channel);

  /** Writes a record; completes when it is stored. */
  CompletableFuture<?> write(
      Topic topic, String key, byte @Nullable [] value, Map<String, String> headers);

  /** How long to wait for a write. */
  Duration patience();

  /** How long to wait before what failed is tried again. */
  Duration retry();

  /** How often the place in a topic is written down. */
  Duration commitEvery();

  @Override
  void close();

  /** The real one. */
  static ChatKafka of(KafkaSettings settings, Metrics metrics) {
    // Before anything is opened: faulty settings end the start.
    Map<String, Object> properties = KafkaProperties.of(settings);
    return new Real(settings, properties, new RecordWriter(settings, "chat", metrics));
  }

  /** Over the network. */
  final class Real implements ChatKafka {

    private final KafkaSettings settings;
    private final Map<String, Object> properties;
    private final RecordWriter writer;

    private Real(KafkaSettings settings, Map<String, Object> properties, RecordWriter writer) {
      this.settings = settings;
      this.properties = properties;
      this.writer = writer;
    }

    @Override
    public String name(Topic topic) {
      return topic.name(settings.topicPrefix());
    }

    @Override
    public int ownerOf(String cluster) {
      return ClusterPartitioner.partition(cluster, settings.partitions());
    }

    @Override
    public Consumer<String, byte[]> groupConsumer(String channel) {
      Map<String, Object> config = common("chat-incidents-" + channel);
      config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topicPrefix() + "chat." + channel);
      config.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          CooperativeStickyAssignor.class.getName());
      return open(config);
    }

    @Override
    public Consumer<String, byte[]> consumer(String channel) {
      Map<String, Object> config = common("chat-notifications-" + channel);
      config.remove(ConsumerConfig.GROUP_ID_CONFIG);
      return open(config);
    }

    private Map<String, Object> common(String client) {
      Map<String, Object> config = new HashMap<>(properties);
      config.put(ConsumerConfig.CLIENT_ID_CONFIG, "causeline-" + client);
      config.put(
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT));
      config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
      config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
      config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
      return config;
    }

    private static Consumer<String, byte[]> open(Map<String, Object> config) {
      return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public CompletableFuture<?> write(
        Topic topic, String key, byte @Nullable [] value, Map<String, String> headers) {
      return writer.send(topic, key, value, headers);
    }

    @Override
    public Duration patience() {
      return settings.deliveryTimeout().plusSeconds(5);
    }

    @Override
    public Duration retry() {
      return Duration.ofSeconds(5);
    }

    @Override
    public Duration commitEvery() {
      return Duration.ofSeconds(1);
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
