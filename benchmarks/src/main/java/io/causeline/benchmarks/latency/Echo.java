package io.causeline.benchmarks.latency;

import io.causeline.benchmarks.Percentiles;
import io.causeline.correlator.CorrelatorSettings;
import io.causeline.correlator.StreamsConfiguration;
import io.causeline.correlator.streams.RocksDbMemory;
import io.causeline.model.Topics;
import io.causeline.service.KafkaProperties;
import io.causeline.service.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * The floor: the same signals through a topology that only passes them on, exactly once and
 * configured as the product's, to a consumer that reads what is committed. How long that takes is
 * told by the records' timestamps, the time at which each was due.
 */
final class Echo implements AutoCloseable {

  private static final String NAME = "benchmark-echo";
  private static final long STORE_BYTES = 16L * 1024 * 1024;
  private static final Duration POLL = Duration.ofMillis(200);

  private final RocksDbMemory memory = new RocksDbMemory(STORE_BYTES);
  private final KafkaStreams streams;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread reader;
  private volatile Percentiles millis = new Percentiles();
  private volatile boolean closed;

  Echo(CorrelatorSettings settings) throws ExecutionException, InterruptedException {
    KafkaSettings kafka = settings.kafka();
    String topic = kafka.topicPrefix() + NAME;
    try (Admin admin = Admin.create(KafkaProperties.of(kafka))) {
      admin.createTopics(List.of(new NewTopic(topic, kafka.partitions(), (short) 1))).all().get();
    }
    Map<String, Object> config = StreamsConfiguration.of(settings, "localhost:1", memory);
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, kafka.topicPrefix() + NAME);
    Properties properties = new Properties();
    properties.putAll(config);
    this.streams =
        new KafkaStreams(
            topology(Topics.SIGNALS.name(kafka.topicPrefix()), topic),
            new StreamsConfig(properties));
    Map<String, Object> reading = KafkaProperties.of(kafka);
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, kafka.partitions())
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    this.reader = new Thread(this::read, "echo-reader");
    reader.setDaemon(true);
  }

  void start() {
    streams.start();
    reader.start();
  }

  /** What came since the last call, in milliseconds from when each record was due. */
  Percentiles take() {
    Percentiles taken = millis;
    millis = new Percentiles();
    return taken;
  }

  private static Topology topology(String from, String to) {
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "signals",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        from);
    topology.addSink("echo", to, new ByteArraySerializer(), new ByteArraySerializer(), "signals");
    return topology;
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          millis.add((double) (System.currentTimeMillis() - record.timestamp()));
        }
      }
    } catch (WakeupException | InterruptException e) {
      // Closed.
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    streams.close(Duration.ofSeconds(10));
    memory.close();
  }
}
