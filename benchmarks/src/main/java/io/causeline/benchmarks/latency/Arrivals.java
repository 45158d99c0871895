package io.causeline.benchmarks.latency;

import io.causeline.benchmarks.Percentiles;
import io.causeline.benchmarks.streams.StormTopics;
import io.causeline.service.KafkaProperties;
import io.causeline.service.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what comes out of the no-op topology as soon as it is committed. How long each record took
 * is told by its timestamp, the time at which it was due.
 */
final class Arrivals implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread reader;
  private volatile Percentiles millis = new Percentiles();
  private volatile boolean closed;

  Arrivals(KafkaSettings kafka) {
    Map<String, Object> config = KafkaProperties.of(kafka);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    String topic = StormTopics.COPY.name(kafka.topicPrefix());
    List<TopicPartition> partitions =
        IntStream.range(0, kafka.partitions())
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    this.reader = new Thread(this::read, "arrivals");
    reader.setDaemon(true);
  }

  void start() {
    reader.start();
  }

  /** What came since the last call, in milliseconds from when each record was due. */
  Percentiles take() {
    Percentiles taken = millis;
    millis = new Percentiles();
    return taken;
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
  }
}
