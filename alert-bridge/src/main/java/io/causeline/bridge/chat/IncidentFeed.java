package io.causeline.bridge.chat;

import io.causeline.bridge.chat.NotificationLog.NotificationLogException;
import io.causeline.bridge.chat.PartitionIntake.Stage;
import io.causeline.model.Topics;
import io.causeline.service.Metrics;
import io.causeline.service.NewerSchemaException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code incidents} topic for one channel, in a thread of its own. Each channel has its
 * own consumer group, so that one that is out holds nothing up, and a new one starts with what goes
 * on. The group's offset of a partition never passes an incident whose effect is not stored; what
 * is read again after a restart changes nothing. Several processes share a group's partitions.
 */
final class IncidentFeed implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration RELEASE_PATIENCE = Duration.ofSeconds(20);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  /** Where records go that can never be used. */
  interface DeadLetters {
    /**
     * Keeps one; returns when it is stored.
     *
     * @throws NotificationLogException if it may not have been
     */
    void put(ConsumerRecord<String, byte[]> record, IllegalArgumentException why);
  }

  private final String topic;
  private final Supplier<Consumer<String, byte[]>> consumers;
  private final Duration retry;
  private final Duration commitEvery;
  private final NotificationLog log;
  private final DeadLetters deadLetters;
  private final IncidentReader reader;
  private final ChannelWorker worker;
  private final InstantSource clock;
  private final Instant began;
  private final FeedReport report;
  private final Map<Integer, PartitionIntake> intakes = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Consumer<String, byte[]> current;
  private Instant loadAt = Instant.MIN;
  private Instant commitAt = Instant.MIN;

  IncidentFeed(
      ChatKafka kafka,
      NotificationLog log,
      DeadLetters deadLetters,
      IncidentReader reader,
      ChannelWorker worker,
      InstantSource clock,
      Metrics metrics) {
    this.topic = kafka.name(Topics.INCIDENTS);
    this.consumers = () -> kafka.groupConsumer(worker.name());
    this.retry = kafka.retry();
    this.commitEvery = kafka.commitEvery();
    this.log = log;
    this.deadLetters = deadLetters;
    this.reader = reader;
    this.worker = worker;
    this.clock = clock;
    this.began = clock.instant();
    this.report = new FeedReport(worker.name(), metrics);
    this.thread = new Thread(this::run, "chat-incidents-" + worker.name());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether its thread runs. */
  boolean alive() {
    return thread.isAlive();
  }

  /** How many partitions it reads. */
  int partitions() {
    return intakes.size();
  }

  /** What keeps it from reading, in one sentence; empty for nothing. */
  Optional<String> trouble() {
    if (!report.trouble().isEmpty()) {
      return Optional.of(report.trouble());
    }
    return intakes.entrySet().stream()
        .filter(e -> e.getValue().blocked() != null)
        .map(e -> topic + "-" + e.getKey() + ": " + e.getValue().blocked())
        .findFirst();
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (Consumer<String, byte[]> consumer = consumers.get()) {
        current = consumer;
        consumer.subscribe(List.of(topic), new Partitions(consumer));
        while (closing.getCount() > 0) {
          turn(consumer);
        }
        commit(consumer, intakes.keySet());
      } catch (WakeupException e) {
        // close() did it.
        closing.countDown();
      } catch (RuntimeException e) {
        report.fails(e, retry);
        awaitRetry();
      } finally {
        current = null;
        // Closing the consumer gives its partitions up; if that failed, others may have them now.
        giveUp(List.copyOf(intakes.keySet()));
      }
    }
  }

  private void turn(Consumer<String, byte[]> consumer) {
    load(consumer);
    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
      take(consumer, record);
    }
    report.works();
    intakes.forEach((p, intake) -> intake.reached(position(consumer, p, intake)));
    report.lag(
        intakes.keySet().stream()
            .mapToLong(p -> consumer.currentLag(new TopicPartition(topic, p)).orElse(0))
            .sum());
    Instant now = clock.instant();
    if (!now.isBefore(commitAt)) {
      commitAt = now.plus(commitEvery);
      commit(consumer, intakes.keySet());
    }
  }

  private long position(Consumer<String, byte[]> consumer, int partition, PartitionIntake intake) {
    return intake.stage() == Stage.CATCHING_UP
        ? consumer.position(new TopicPartition(topic, partition))
        : -1;
  }

  /** Reads what was posted before anything else of a partition. */
  private void load(Consumer<String, byte[]> consumer) {
    Set<Integer> loading =
        intakes.entrySet().stream()
            .filter(e -> e.getValue().stage() == Stage.LOADING)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    if (!loading.isEmpty() && !clock.instant().isBefore(loadAt)) {
      load(consumer, loading);
    }
  }

  private void load(Consumer<String, byte[]> consumer, Set<Integer> partitions) {
    try {
      loaded(consumer, partitions, log.read(partitions, worker.name()));
    } catch (NewerSchemaException e) {
      if (partitions.size() > 1) {
        // One of them; the others are read.
        partitions.forEach(partition -> load(consumer, Set.of(partition)));
        return;
      }
      String why = "notifications: " + e.getMessage();
      partitions.forEach(partition -> intake(partition).ifPresent(intake -> intake.block(why)));
      report.blocked(partitions, null, why);
    } catch (NotificationLogException e) {
      loadAt = clock.instant().plus(retry);
      report.notLoaded(partitions, e, retry);
    }
  }

  private void loaded(
      Consumer<String, byte[]> consumer,
      Set<Integer> partitions,
      Map<IncidentRef, NotificationState> states) {
    Set<TopicPartition> all =
        partitions.stream().map(p -> new TopicPartition(topic, p)).collect(Collectors.toSet());
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    for (TopicPartition at : all) {
      Map<IncidentRef, NotificationState> own = new HashMap<>(states);
      own.keySet().removeIf(ref -> ref.partition() != at.partition());
      intake(at.partition())
          .ifPresent(i -> i.loaded(own, ends.getOrDefault(at, 0L), committed.get(at) == null));
    }
    consumer.resume(all);
  }

  private Optional<PartitionIntake> intake(int partition) {
    return Optional.ofNullable(intakes.get(partition));
  }

  private void take(Consumer<String, byte[]> consumer, ConsumerRecord<String, byte[]> record) {
    PartitionIntake intake = intakes.get(record.partition());
    if (intake == null || intake.stage() == Stage.BLOCKED) {
      return;
    }
    try {
      IncidentReader.Read read = reader.read(record);
      report.read(read.work());
      boolean recent = record.timestamp() >= began.toEpochMilli();
      intake.take(read.ref(), read.work(), record.offset(), recent);
    } catch (NewerSchemaException e) {
      // Good data for a newer version: it stays where it is, and so does all that follows it.
      TopicPartition at = new TopicPartition(topic, record.partition());
      String why = String.valueOf(e.getMessage());
      intake.block(why);
      consumer.seek(at, record.offset());
      consumer.pause(List.of(at));
      report.blocked(Set.of(at.partition()), record.offset(), why);
    } catch (IllegalArgumentException e) {
      deadLetters.put(record, e);
      report.putAway(record, e);
    }
  }

  private void commit(Consumer<String, byte[]> consumer, Collection<Integer> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (int partition : partitions) {
      PartitionIntake intake = intakes.get(partition);
      if (intake == null || intake.stage() == Stage.LOADING) {
        continue;
      }
      TopicPartition at = new TopicPartition(topic, partition);
      OptionalLong done = intake.done(consumer.position(at));
      if (done.isPresent() && intake.uncommitted(done.getAsLong())) {
        offsets.put(at, new OffsetAndMetadata(done.getAsLong()));
      }
    }
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets);
      offsets.forEach(
          (at, offset) ->
              intakes.computeIfPresent(
                  at.partition(), (p, intake) -> intake.committed(offset.offset())));
    } catch (RetriableException | org.apache.kafka.clients.consumer.CommitFailedException e) {
      report.notCommitted(e);
    }
  }

  private void giveUp(Collection<Integer> partitions) {
    for (int partition : partitions) {
      if (intakes.remove(partition) != null) {
        worker.release(partition, RELEASE_PATIENCE);
      }
    }
  }

  private void awaitRetry() {
    try {
      boolean unused = closing.await(retry.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  /** Commits what is done and leaves the group. */
  @Override
  public void close() {
    closing.countDown();
    Consumer<String, byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes partitions on and gives them up; called within a poll, by its thread. */
  private final class Partitions implements ConsumerRebalanceListener {

    private final Consumer<String, byte[]> consumer;

    Partitions(Consumer<String, byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      for (TopicPartition at : assigned) {
        intakes.put(at.partition(), new PartitionIntake(at.partition(), worker));
      }
      consumer.pause(assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      List<Integer> partitions = revoked.stream().map(TopicPartition::partition).toList();
      try {
        commit(consumer, partitions);
      } catch (KafkaException e) {
        report.notCommitted(e);
      }
      giveUp(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      giveUp(lost.stream().map(TopicPartition::partition).toList());
    }
  }
}
