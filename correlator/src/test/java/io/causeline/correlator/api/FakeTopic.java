package io.causeline.correlator.api;

import io.causeline.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A topic with one partition, and consumers that read it as Kafka's would. */
final class FakeTopic {

  static final String NAME = "incidents";
  private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);

  private final List<ConsumerRecord<byte[], byte[]>> records = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  final AtomicInteger connections = new AtomicInteger();

  void add(String key, byte[] value) {
    add(key, value, String.valueOf(Topics.SCHEMA_VERSION));
  }

  synchronized void add(String key, byte[] value, String version) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Topics.SCHEMA_HEADER, version.getBytes(StandardCharsets.US_ASCII));
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            NAME,
            0,
            records.size(),
            0L,
            TimestampType.CREATE_TIME,
            0,
            0,
            key.getBytes(StandardCharsets.UTF_8),
            value,
            headers,
            Optional.empty());
    records.add(record);
  }

  /** All consumers fail at their next poll. */
  void fail() {
    failures.incrementAndGet();
  }

  Consumer<byte[], byte[]> connect() {
    connections.incrementAndGet();
    return new Reader();
  }

  private final class Reader extends MockConsumer<byte[], byte[]> {

    private final int generation = failures.get();
    private int taken;

    Reader() {
      super("earliest");
    }

    @Override
    public synchronized void assign(Collection<TopicPartition> partitions) {
      super.assign(partitions);
      updateBeginningOffsets(Map.of(PARTITION, 0L));
      take();
    }

    private void take() {
      while (taken < records.size()) {
        addRecord(records.get(taken++));
      }
      updateEndOffsets(Map.of(PARTITION, (long) taken));
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      if (generation < failures.get()) {
        throw new KafkaException("broker gone");
      }
      take();
      ConsumerRecords<byte[], byte[]> polled = super.poll(Duration.ZERO);
      if (polled.isEmpty()) {
        LockSupport.parkNanos(5_000_000);
      }
      return polled;
    }
  }
}
