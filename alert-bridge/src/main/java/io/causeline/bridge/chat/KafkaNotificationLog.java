package io.causeline.bridge.chat;

import io.causeline.model.Json;
import io.causeline.service.SchemaHeader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code notifications} topic in Kafka. */
final class KafkaNotificationLog implements NotificationLog {

  private static final Logger log = LoggerFactory.getLogger(KafkaNotificationLog.class);

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MAX_IDLE_POLLS = 150;

  /** Writes a record of the topic; completes when Kafka has stored it. */
  interface Writer {
    CompletableFuture<?> write(String key, byte @Nullable [] value);
  }

  private final String topic;
  private final Supplier<Consumer<String, byte[]>> consumers;
  private final Writer writer;
  private final Duration patience;

  /**
   * The topic.
   *
   * @param consumers makes consumers that belong to no group and read what is committed
   * @param patience how long to wait for a write; longer than the writer itself waits
   */
  KafkaNotificationLog(
      String topic,
      Supplier<Consumer<String, byte[]>> consumers,
      Writer writer,
      Duration patience) {
    this.topic = topic;
    this.consumers = consumers;
    this.writer = writer;
    this.patience = patience;
  }

  @Override
  public Map<IncidentRef, NotificationState> read(Set<Integer> partitions, String channel) {
    List<TopicPartition> all =
        partitions.stream().sorted().map(p -> new TopicPartition(topic, p)).toList();
    Map<IncidentRef, NotificationState> states = new HashMap<>();
    try (Consumer<String, byte[]> consumer = consumers.get()) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      int idle = 0;
      long left = left(consumer, ends);
      while (left > 0) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          apply(record, channel, states);
        }
        long before = left;
        left = left(consumer, ends);
        idle = left < before ? 0 : idle + 1;
        if (idle > MAX_IDLE_POLLS) {
          throw new KafkaException("stuck, " + left + " records before the end");
        }
      }
    } catch (KafkaException e) {
      throw new NotificationLogException(topic + " can't be read: " + e.getMessage(), e);
    }
    return states;
  }

  private static long left(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
        .sum();
  }

  private void apply(
      ConsumerRecord<String, byte[]> record,
      String channel,
      Map<IncidentRef, NotificationState> states) {
    Optional<IncidentRef> ref = incidentOf(record.partition(), record.key(), channel);
    if (ref.isEmpty()) {
      return;
    }
    if (record.value() == null) {
      states.remove(ref.get());
      return;
    }
    try {
      SchemaHeader.read(record.headers());
      states.put(ref.get(), Json.read(record.value(), NotificationState.class));
    } catch (IllegalArgumentException e) {
      // Nothing but us writes here, so this is damage. The state before it is nearer to the truth
      // than none.
      log.atError()
          .setMessage("a record of what was posted can't be read; the one before it counts")
          .addKeyValue("partition", topic + "-" + record.partition())
          .addKeyValue("offset", record.offset())
          .setCause(e)
          .log();
    }
  }

  private static Optional<IncidentRef> incidentOf(
      int partition, @Nullable String key, String channel) {
    String suffix = "/" + channel;
    return key == null || !key.endsWith(suffix)
        ? Optional.empty()
        : IncidentRef.ofIncidentKey(partition, key.substring(0, key.length() - suffix.length()));
  }

  @Override
  public void store(IncidentRef incident, String channel, @Nullable NotificationState state) {
    String key = incident.notificationKey(channel);
    try {
      writer
          .write(key, state == null ? null : Json.bytes(state))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new NotificationLogException(key + " can't be stored: " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new NotificationLogException(key + " was not stored within " + patience, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotificationLogException(key + " may not have been stored: stopping", e);
    }
  }
}
