package io.causeline.correlator.api;

import io.causeline.service.NewerSchemaException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a client missed, from where it was to where its subscription begins. */
final class CatchUp {

  private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

  private static final int AT_ONCE = 4;
  private static final Duration POLL = Duration.ofMillis(200);

  /** Takes a change on its way to the client. */
  interface Sink {
    void take(Change change) throws IOException;
  }

  private final Supplier<Consumer<byte[], byte[]>> connect;
  private final List<TopicPartition> topic;
  private final Semaphore places = new Semaphore(AT_ONCE);

  CatchUp(Supplier<Consumer<byte[], byte[]>> connect, String topicName, int partitions) {
    this.connect = connect;
    this.topic =
        IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topicName, p)).toList();
  }

  /** Whether there is room for one more; then {@link #read} must follow. */
  boolean tryBegin() {
    return places.tryAcquire();
  }

  /**
   * Reads, and makes room. Of an incident that changed several times, only the last may be left.
   */
  void read(StreamPosition from, StreamPosition to, BooleanSupplier stop, Sink sink)
      throws IOException {
    try (Consumer<byte[], byte[]> consumer = connect.get()) {
      consumer.assign(topic);
      StreamPosition reached = from.atMost(to);
      for (TopicPartition partition : topic) {
        consumer.seek(partition, reached.of(partition.partition()));
      }
      while (!reached.reached(to) && !stop.getAsBoolean()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() < to.of(record.partition())) {
            reached = reached.with(record.partition(), record.offset() + 1);
            pass(record, reached, sink);
          }
        }
        for (TopicPartition partition : topic) {
          // Past records that compaction removed and marks of transactions.
          int p = partition.partition();
          long position = Math.min(consumer.position(partition), to.of(p));
          reached = position > reached.of(p) ? reached.with(p, position) : reached;
        }
      }
    } finally {
      places.release();
    }
  }

  private static void pass(ConsumerRecord<byte[], byte[]> record, StreamPosition reached, Sink sink)
      throws IOException {
    try {
      sink.take(Change.of(record, reached));
    } catch (NewerSchemaException e) {
      throw new IOException("a newer Causeline wrote it", e);
    } catch (IllegalArgumentException e) {
      log.warn(
          "{}-{} at offset {} is no incident and is left out of a stream: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }
}
