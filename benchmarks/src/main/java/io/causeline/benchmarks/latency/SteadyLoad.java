package io.causeline.benchmarks.latency;

import io.causeline.benchmarks.Pacer;
import io.causeline.model.Topics;
import io.causeline.service.ClusterPartitioner;
import io.causeline.service.KafkaSettings;
import io.causeline.service.RecordWriter;
import io.causeline.service.SchemaHeader;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A storm's signals into their topic at an even pace, as a collector would write them. Each
 * record's timestamp is the time at which it was due, so that whoever reads it can tell how long it
 * took.
 */
final class SteadyLoad implements AutoCloseable {

  /**
   * So many are sent when the last of them is due: waking up for each one alone costs more than
   * sending it.
   */
  private static final int AT_A_TIME = 8;

  private final KafkaProducer<String, byte[]> producer;
  private final KafkaSettings kafka;
  private final WireStorm storm;
  private final int perSecond;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile int sent;

  SteadyLoad(KafkaSettings kafka, WireStorm storm, int perSecond) {
    this.kafka = kafka;
    this.storm = storm;
    this.perSecond = perSecond;
    this.producer =
        new KafkaProducer<>(
            RecordWriter.clientProperties(kafka, "storm"),
            new StringSerializer(),
            new ByteArraySerializer());
    this.thread = new Thread(this::run, "storm");
    this.thread.setDaemon(true);
  }

  /** Writes what is known before the storm; returns when Kafka has it. */
  void write(Topics.Topic topic, List<WireStorm.Entry> entries) {
    entries.forEach(entry -> send(topic, entry, System.currentTimeMillis()));
    producer.flush();
    requireStored();
  }

  /** Begins the storm; it ends by itself, or when this is closed. */
  void start() {
    thread.start();
  }

  /** How many signals of the storm were sent so far. */
  int sent() {
    return sent;
  }

  /**
   * Tells whether all could be stored.
   *
   * @throws IllegalStateException if not
   */
  void requireStored() {
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("Kafka did not store the storm", failed);
    }
  }

  private void run() {
    Pacer pacer = new Pacer(System::nanoTime, perSecond);
    long beginMillis = System.currentTimeMillis();
    List<WireStorm.Entry> signals = storm.signals();
    try {
      for (int number = 0; number < signals.size(); number++) {
        if (number % AT_A_TIME == 0) {
          pacer.await(number + AT_A_TIME - 1);
        }
        long dueMillis = beginMillis + (pacer.due(number) - pacer.due(0)) / 1_000_000;
        send(Topics.SIGNALS, signals.get(number), dueMillis);
        sent = number + 1;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  private void send(Topics.Topic topic, WireStorm.Entry entry, long timestamp) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            topic.name(kafka.topicPrefix()),
            ClusterPartitioner.partition(Topics.clusterOf(entry.key()), kafka.partitions()),
            timestamp,
            entry.key(),
            entry.value());
    SchemaHeader.write(record.headers());
    // The callback tells all that the future would.
    var unused =
        producer.send(
            record,
            (metadata, e) -> {
              if (e != null) {
                failure.set(e);
              }
            });
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
