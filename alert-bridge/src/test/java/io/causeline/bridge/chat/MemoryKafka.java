package io.causeline.bridge.chat;

import io.causeline.model.Incident;
import io.causeline.model.Json;
import io.causeline.model.Topics;
import io.causeline.model.Topics.Topic;
import io.causeline.service.SchemaHeader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Kafka in memory, on Kafka's own mock of a consumer: topics, groups and their offsets. */
final class MemoryKafka implements ChatKafka {

  static final int PARTITIONS = 2;

  private final Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> topics = new HashMap<>();
  private final Map<String, Map<TopicPartition, OffsetAndMetadata>> groups = new HashMap<>();
  private final List<MemoryConsumer> members = new ArrayList<>();
  private List<Integer> assignment = IntStream.range(0, PARTITIONS).boxed().toList();
  private KafkaException writeFailure;
  private long publishedAt;

  static int partitionOf(String key) {
    return Math.floorMod(Topics.clusterOf(key).hashCode(), PARTITIONS);
  }

  @Override
  public int ownerOf(String cluster) {
    return partitionOf(cluster);
  }

  /** Publishes where no correlator would. */
  void publishTo(int partition, Incident incident) {
    RecordHeaders headers = new RecordHeaders();
    SchemaHeader.write(headers);
    append(
        new TopicPartition(name(Topics.INCIDENTS), partition),
        Topics.incidentKey(incident.cluster(), incident.id()),
        Json.bytes(incident),
        headers);
  }

  void publish(Incident incident) {
    append(
        Topics.INCIDENTS,
        Topics.incidentKey(incident.cluster(), incident.id()),
        Json.bytes(incident),
        Optional.empty());
  }

  synchronized void append(Topic topic, String key, byte[] value, Optional<String> schema) {
    RecordHeaders headers = new RecordHeaders();
    SchemaHeader.write(headers);
    schema.ifPresent(
        version -> {
          headers.remove(Topics.SCHEMA_HEADER);
          headers.add(Topics.SCHEMA_HEADER, version.getBytes(StandardCharsets.US_ASCII));
        });
    append(topic, key, value, headers);
  }

  private void append(Topic topic, String key, byte[] value, RecordHeaders headers) {
    append(new TopicPartition(name(topic), partitionOf(key)), key, value, headers);
  }

  private synchronized void append(
      TopicPartition at, String key, byte[] value, RecordHeaders headers) {
    List<ConsumerRecord<String, byte[]>> records =
        topics.computeIfAbsent(at, p -> new ArrayList<>());
    records.add(
        new ConsumerRecord<>(
            at.topic(),
            at.partition(),
            records.size(),
            publishedAt,
            TimestampType.CREATE_TIME,
            key.length(),
            value == null ? 0 : value.length,
            key,
            value,
            headers,
            Optional.empty()));
  }

  synchronized List<ConsumerRecord<String, byte[]>> records(Topic topic) {
    return topics.entrySet().stream()
        .filter(e -> e.getKey().topic().equals(name(topic)))
        .flatMap(e -> e.getValue().stream())
        .toList();
  }

  /** What a group has committed of the partition of a cluster; -1 for nothing. */
  synchronized long committed(String channel, String cluster) {
    OffsetAndMetadata offset =
        groups
            .getOrDefault(channel, Map.of())
            .get(new TopicPartition(name(Topics.INCIDENTS), partitionOf(cluster)));
    return offset == null ? -1 : offset.offset();
  }

  /** What is published from now on is dated so; until then it is from long ago. */
  synchronized void publishAt(long millis) {
    publishedAt = millis;
  }

  /** All groups expire. */
  synchronized void loseOffsets() {
    groups.clear();
  }

  /** Members of groups have these partitions from their next poll on. */
  synchronized void assign(List<Integer> partitions) {
    assignment = partitions;
    members.forEach(member -> member.rebalance = true);
  }

  /** The next poll of each group's member fails. */
  void failNextPoll(KafkaException failure) {
    List<MemoryConsumer> all;
    synchronized (this) {
      all = List.copyOf(members);
    }
    all.forEach(member -> member.setPollException(failure));
  }

  synchronized void failWrites(KafkaException failure) {
    writeFailure = failure;
  }

  @Override
  public String name(Topic topic) {
    return topic.name("test.");
  }

  @Override
  public synchronized Consumer<String, byte[]> groupConsumer(String channel) {
    MemoryConsumer member = new MemoryConsumer(channel);
    members.add(member);
    return member;
  }

  @Override
  public Consumer<String, byte[]> consumer(String channel) {
    return new MemoryConsumer("");
  }

  @Override
  public synchronized CompletableFuture<?> write(
      Topic topic, String key, byte[] value, Map<String, String> headers) {
    if (writeFailure != null) {
      return CompletableFuture.failedFuture(writeFailure);
    }
    RecordHeaders all = new RecordHeaders();
    SchemaHeader.write(all);
    headers.forEach((name, text) -> all.add(name, text.getBytes(StandardCharsets.UTF_8)));
    append(topic, key, value, all);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(5);
  }

  @Override
  public Duration retry() {
    return Duration.ofMillis(20);
  }

  @Override
  public Duration commitEvery() {
    return Duration.ofMillis(5);
  }

  @Override
  public void close() {}

  private final class MemoryConsumer extends MockConsumer<String, byte[]> {

    private final String group;
    private final Map<TopicPartition, Integer> fed = new HashMap<>();
    private boolean rebalance = true;

    MemoryConsumer(String group) {
      super("earliest");
      this.group = group;
    }

    @Override
    public synchronized void assign(Collection<TopicPartition> partitions) {
      super.assign(partitions);
      partitions.forEach(this::feed);
    }

    @Override
    public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
      // As a real one, it gives others a chance to run when there is nothing.
      LockSupport.parkNanos(500_000);
      synchronized (MemoryKafka.this) {
        if (!group.isEmpty() && rebalance) {
          rebalance = false;
          takeOver();
        }
        assignment().forEach(this::feed);
        return super.poll(timeout);
      }
    }

    private void takeOver() {
      Set<TopicPartition> mine =
          assignment.stream()
              .map(p -> new TopicPartition(name(Topics.INCIDENTS), p))
              .collect(Collectors.toSet());
      fed.keySet().retainAll(mine);
      mine.forEach(at -> updateBeginningOffsets(Map.of(at, 0L)));
      rebalance(mine);
      Map<TopicPartition, OffsetAndMetadata> committed = groups.getOrDefault(group, Map.of());
      mine.stream()
          .filter(committed::containsKey)
          .forEach(at -> super.commitSync(Map.of(at, committed.get(at))));
    }

    private void feed(TopicPartition at) {
      synchronized (MemoryKafka.this) {
        List<ConsumerRecord<String, byte[]>> all = topics.getOrDefault(at, List.of());
        updateBeginningOffsets(Map.of(at, 0L));
        updateEndOffsets(Map.of(at, (long) all.size()));
        for (int i = fed.getOrDefault(at, 0); i < all.size(); i++) {
          addRecord(all.get(i));
        }
        fed.put(at, all.size());
      }
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
        Set<TopicPartition> partitions) {
      synchronized (MemoryKafka.this) {
        Map<TopicPartition, OffsetAndMetadata> known = groups.getOrDefault(group, Map.of());
        Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
        partitions.forEach(at -> found.put(at, known.get(at)));
        return found;
      }
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
      synchronized (MemoryKafka.this) {
        super.commitSync(offsets);
        groups.computeIfAbsent(group, g -> new HashMap<>()).putAll(offsets);
      }
    }

    @Override
    public void close() {
      synchronized (MemoryKafka.this) {
        members.remove(this);
        if (!group.isEmpty() && !assignment().isEmpty()) {
          rebalance(List.of());
        }
        super.close();
      }
    }
  }
}
