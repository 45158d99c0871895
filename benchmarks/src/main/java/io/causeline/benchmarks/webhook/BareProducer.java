package io.causeline.benchmarks.webhook;

import io.causeline.model.Topics;
import io.causeline.service.ClusterPartitioner;
import io.causeline.service.KafkaSettings;
import io.causeline.service.RecordWriter;
import io.causeline.service.SchemaHeader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Records that are ready as bytes into the topic of signals, as fast as Kafka's producer takes
 * them: configured as the bridge's, same keys, partitions and headers, nobody waiting for a single
 * one.
 */
final class BareProducer implements AutoCloseable {

  private final KafkaProducer<String, byte[]> producer;
  private final String topic;
  private final int partitions;

  BareProducer(KafkaSettings kafka) {
    producer =
        new KafkaProducer<>(
            RecordWriter.clientProperties(kafka, "bare"),
            new StringSerializer(),
            new ByteArraySerializer());
    topic = Topics.SIGNALS.name(kafka.topicPrefix());
    partitions = kafka.partitions();
  }

  /** A record, its value ready. */
  static final class Keyed {

    private final String cluster;
    private final byte[] value;

    Keyed(String cluster, byte[] value) {
      this.cluster = cluster;
      this.value = value;
    }

    String cluster() {
      return cluster;
    }

    byte[] value() {
      return value;
    }
  }

  /**
   * Sends the records in turn, again and again, until the time is over, and waits until Kafka has
   * stored them.
   *
   * @return records a second
   */
  double run(List<Keyed> records, Duration time) {
    LongAdder stored = new LongAdder();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    for (int next = 0; System.nanoTime() < end; next++) {
      send(records.get(next % records.size()), stored, failure);
    }
    producer.flush();
    long took = System.nanoTime() - start;
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("Kafka did not store all", failed);
    }
    return stored.sum() / (took / 1e9);
  }

  private void send(Keyed record, LongAdder stored, AtomicReference<@Nullable Exception> failure) {
    ProducerRecord<String, byte[]> out =
        new ProducerRecord<>(
            topic,
            ClusterPartitioner.partition(record.cluster(), partitions),
            record.cluster(),
            record.value());
    SchemaHeader.write(out.headers());
    // The callback tells all that the future would.
    var unused =
        producer.send(
            out,
            (metadata, e) -> {
              if (e == null) {
                stored.increment();
              } else {
                failure.set(e);
              }
            });
  }

  @Override
  public void close() {
    producer.close();
  }
}
