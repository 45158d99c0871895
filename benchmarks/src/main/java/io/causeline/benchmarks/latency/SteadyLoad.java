package io.causeline.benchmarks.latency;

import io.causeline.benchmarks.Pacer;
import io.causeline.benchmarks.storm.Storm;
import io.causeline.model.Json;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.Signal;
import io.causeline.model.Topics;
import io.causeline.model.TopologyRecord;
import io.causeline.service.ClusterPartitioner;
import io.causeline.service.KafkaSettings;
import io.causeline.service.RecordWriter;
import io.causeline.service.SchemaHeader;
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

  private final KafkaProducer<String, byte[]> producer;
  private final KafkaSettings kafka;
  private final Storm storm;
  private final int perSecond;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile long sent;

  SteadyLoad(KafkaSettings kafka, Storm storm, int perSecond) {
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

  /** Writes what is known before the storm, and waits until Kafka has it. */
  void prelude() {
    for (TopologyRecord object : storm.objects()) {
      ObjectSnapshot snapshot = ((TopologyRecord.Present) object).snapshot();
      send(
          Topics.TOPOLOGY,
          Topics.topologyKey(snapshot.cluster(), snapshot.entity()),
          Json.bytes(object),
          System.currentTimeMillis());
    }
    for (Signal signal : storm.opening()) {
      send(Topics.SIGNALS, signal.cluster(), Json.bytes(signal), System.currentTimeMillis());
    }
    producer.flush();
    requireStored();
  }

  /** Begins the storm; it ends by itself, or when this is closed. */
  void start() {
    thread.start();
  }

  /** How many signals of the storm were sent so far. */
  long sent() {
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
    try {
      for (long number = 0; storm.left() > 0; number++) {
        long due = pacer.await(number);
        Signal signal = storm.next(1).get(0);
        long dueMillis = beginMillis + (due - pacer.due(0)) / 1_000_000;
        send(Topics.SIGNALS, signal.cluster(), Json.bytes(signal), dueMillis);
        sent = number + 1;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  private void send(Topics.Topic topic, String key, byte[] value, long timestamp) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            topic.name(kafka.topicPrefix()),
            ClusterPartitioner.partition(Topics.clusterOf(key), kafka.partitions()),
            timestamp,
            key,
            value);
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
