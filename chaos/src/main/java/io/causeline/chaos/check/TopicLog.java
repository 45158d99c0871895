package io.causeline.chaos.check;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads topics from their beginning: what is committed, and nothing else. For one thread. */
public final class TopicLog implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * A record.
   *
   * @param value as text; null for a tombstone
   */
  public record Entry(
      String topic,
      int partition,
      long offset,
      String key,
      @Nullable String value,
      Map<String, String> headers) {

    /** Where it is, unlike any other. */
    public String place() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> topics;
  private List<TopicPartition> partitions = List.of();

  /** Of these topics, once they are there. */
  public TopicLog(String bootstrap, List<String> topics) {
    this.topics = List.copyOf(topics);
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                4 * 1024 * 1024,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                5_000,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                4_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Reads on for a moment; what is new. Nothing while Kafka is away. */
  public List<Entry> poll() {
    if (!assigned()) {
      return List.of();
    }
    List<Entry> fresh = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      fresh.add(entry(record));
    }
    entries.addAll(fresh);
    return fresh;
  }

  /** Reads on to where the topics end now; all that was ever read. */
  public List<Entry> readToEnd() throws KafkaException {
    if (!assigned()) {
      throw new KafkaException("the topics cannot be read yet");
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      List<Entry> unused = poll();
    }
    return List.copyOf(entries);
  }

  private boolean assigned() {
    if (!partitions.isEmpty()) {
      return true;
    }
    List<TopicPartition> found = new ArrayList<>();
    try {
      for (String topic : topics) {
        List<PartitionInfo> known = consumer.partitionsFor(topic);
        if (known == null || known.isEmpty()) {
          return false;
        }
        known.forEach(info -> found.add(new TopicPartition(topic, info.partition())));
      }
    } catch (KafkaException e) {
      return false;
    }
    partitions = found;
    consumer.assign(found);
    consumer.seekToBeginning(found);
    return true;
  }

  private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), text(header.value()));
    }
    return new Entry(
        record.topic(),
        record.partition(),
        record.offset(),
        text(record.key()),
        record.value() == null ? null : text(record.value()),
        headers);
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
