package io.causeline.correlator.streams;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before Streams' consumer and stops a partition at the first record that a newer Causeline
 * wrote. In a rolling upgrade such a record is good data: it must be neither skipped nor buried,
 * and the other partitions go on. Its offset is not passed, so the upgraded process reads it.
 *
 * <p>It works at the consumer because Streams itself can only skip a record or fail a whole thread
 * with all of its partitions.
 */
final class SchemaGate implements InvocationHandler {

  private static final Logger log = LoggerFactory.getLogger(SchemaGate.class);

  private final Consumer<byte[], byte[]> consumer;
  private final InputState state;
  private final Map<TopicPartition, String> stopped = new HashMap<>();
  private @Nullable Metric lastHeartbeat;

  private SchemaGate(Consumer<byte[], byte[]> consumer, InputState state) {
    this.consumer = consumer;
    this.state = state;
  }

  /** The consumer behind the gate; what it sees is told to {@code state}. */
  @SuppressWarnings("unchecked") // A proxy of Consumer is a Consumer; generics are not checked.
  static Consumer<byte[], byte[]> before(Consumer<byte[], byte[]> consumer, InputState state) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            SchemaGate.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            new SchemaGate(consumer, state));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (method.getName().equals("poll") && args != null && args[0] instanceof Duration timeout) {
      return poll(timeout);
    }
    if (method.getName().equals("resume") && args != null) {
      consumer.resume(
          consumer.assignment().stream()
              .filter(((Collection<?>) args[0])::contains)
              .filter(partition -> !stopped.containsKey(partition))
              .toList());
      return null;
    }
    if (method.getName().equals("close")) {
      state.remove(this);
    }
    try {
      return method.invoke(consumer, args);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(timeout);
    stopped.keySet().retainAll(consumer.assignment());
    ConsumerRecords<byte[], byte[]> passed = polled.isEmpty() ? polled : pass(polled);
    tell();
    return passed;
  }

  private ConsumerRecords<byte[], byte[]> pass(ConsumerRecords<byte[], byte[]> polled) {
    Map<TopicPartition, Integer> newer = new HashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
      for (int i = 0; i < records.size(); i++) {
        if (Schema.isNewer(records.get(i).headers())) {
          newer.put(partition, i);
          break;
        }
      }
    }
    if (newer.isEmpty()) {
      return polled;
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> all = polled.records(partition);
      Integer first = newer.get(partition);
      if (first == null) {
        records.put(partition, all);
        continue;
      }
      long offset = all.get(first).offset();
      stop(partition, offset);
      if (first > 0) {
        records.put(partition, all.subList(0, first));
      }
      next.put(partition, new OffsetAndMetadata(offset));
    }
    return new ConsumerRecords<>(records, next);
  }

  private void stop(TopicPartition partition, long offset) {
    String why =
        "the record at offset "
            + offset
            + " was written by a newer Causeline; upgrade this correlator";
    consumer.pause(Set.of(partition));
    consumer.seek(partition, offset);
    if (stopped.put(partition, why) == null) {
      log.error("{} is stopped: {}. Nothing is lost; the other partitions go on", partition, why);
    }
  }

  private void tell() {
    Map<TopicPartition, Long> lags = new HashMap<>();
    Set<TopicPartition> assigned = consumer.assignment();
    for (TopicPartition partition : assigned) {
      consumer.currentLag(partition).ifPresent(lag -> lags.put(partition, lag));
    }
    state.update(this, assigned.size(), lags, stopped, silence());
  }

  /** Heartbeats go out only while the consumer has a coordinator to send them to. */
  private Duration silence() {
    if (lastHeartbeat == null) {
      consumer
          .metrics()
          .forEach(
              (name, metric) -> {
                if (name.name().equals("last-heartbeat-seconds-ago")) {
                  lastHeartbeat = metric;
                }
              });
    }
    return lastHeartbeat != null && lastHeartbeat.metricValue() instanceof Double seconds
        ? Duration.ofMillis(Math.round(Math.max(0, seconds) * 1000))
        : Duration.ZERO;
  }
}
