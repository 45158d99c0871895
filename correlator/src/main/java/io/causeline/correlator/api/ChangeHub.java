package io.causeline.correlator.api;

import io.causeline.service.Health;
import io.causeline.service.Metrics;
import io.causeline.service.NewerSchemaException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the committed changes of all incidents and hands them to the streams of this process.
 * Thread-safe.
 */
final class ChangeHub implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ChangeHub.class);

  /** Changes that wait for one client. */
  static final int CAPACITY = 512;

  /** Each keeps a thread of the server, which has 250. */
  private static final int MAX_CLIENTS = 100;

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Supplier<Consumer<byte[], byte[]>> connect;
  private final List<TopicPartition> topic;
  private final Set<Subscription> subscriptions = new CopyOnWriteArraySet<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Metrics.Counter unreadable;
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private @Nullable StreamPosition position;
  private volatile Health.Result state = Health.Result.down("the stream of changes is starting");

  /**
   * A hub; {@link #start} starts it.
   *
   * @param connect makes consumers that read only what is committed
   */
  ChangeHub(
      Supplier<Consumer<byte[], byte[]>> connect,
      String topicName,
      int partitions,
      Metrics metrics) {
    this.connect = connect;
    this.topic =
        IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topicName, p)).toList();
    this.unreadable =
        metrics.counter(
            "causeline_correlator_stream_unreadable_total",
            "Records of the topic incidents that are no incidents and were left out of streams.");
    metrics.gauge(
        "causeline_correlator_stream_clients",
        "Clients that are connected to the stream of changes.",
        () -> (double) subscriptions.size());
    this.thread = new Thread(this::run, "incident-stream");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether streams show what happens. */
  Health.Result readiness() {
    return state;
  }

  /** A new stream, from now on; empty while there can be none. */
  synchronized Optional<Subscription> subscribe(ChangeFilter filter) {
    if (position == null || !state.ok() || subscriptions.size() >= MAX_CLIENTS) {
      return Optional.empty();
    }
    Subscription subscription = new Subscription(filter, position, CAPACITY, subscriptions::remove);
    subscriptions.add(subscription);
    return Optional.of(subscription);
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (Consumer<byte[], byte[]> connected = connect.get()) {
        consumer = connected;
        seek(connected);
        state = Health.Result.up("changes are read");
        while (closing.getCount() > 0) {
          for (ConsumerRecord<byte[], byte[]> record : connected.poll(POLL)) {
            deliver(record);
          }
        }
      } catch (WakeupException e) {
        log.debug("woken to stop", e);
      } catch (NewerSchemaException e) {
        // The streams of the upgraded correlators go on; this one can only show the past.
        state = Health.Result.down("the topic of incidents: " + e.getMessage());
        log.error("the stream of changes stops: {}", e.getMessage());
        subscriptions.forEach(Subscription::close);
        return;
      } catch (KafkaException e) {
        state = Health.Result.down("changes cannot be read: " + e.getMessage());
        log.warn("changes cannot be read; trying again in {} ms", RETRY.toMillis(), e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      if (closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("stopping instead of trying again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  /** To the end at first, later to where it was. */
  private void seek(Consumer<byte[], byte[]> connected) {
    connected.assign(topic);
    StreamPosition known;
    synchronized (this) {
      known = position;
    }
    if (known != null) {
      topic.forEach(partition -> connected.seek(partition, known.of(partition.partition())));
      return;
    }
    connected.seekToEnd(topic);
    long[] ends = topic.stream().mapToLong(connected::position).toArray();
    synchronized (this) {
      position = StreamPosition.of(ends);
    }
  }

  private synchronized void deliver(ConsumerRecord<byte[], byte[]> record) {
    StreamPosition before = position;
    if (before == null) {
      throw new IllegalStateException("a record before the first position");
    }
    StreamPosition after = before.with(record.partition(), record.offset() + 1);
    if (!subscriptions.isEmpty()) {
      try {
        Change change = Change.of(record, after);
        subscriptions.forEach(subscription -> subscription.offer(change));
      } catch (IllegalArgumentException e) {
        unreadable.inc();
        log.warn(
            "{}-{} at offset {} is no incident and is left out of streams: {}",
            record.topic(),
            record.partition(),
            record.offset(),
            e.getMessage());
      }
    }
    position = after;
  }

  /** Ends all streams. */
  @Override
  public void close() {
    closing.countDown();
    subscriptions.forEach(Subscription::close);
    Consumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
