package io.causeline.correlator.streams;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the threads of this process have read: what lies before them, and where one had to stop.
 * Thread-safe.
 */
public final class InputState {

  private record Reader(
      int assigned,
      Map<TopicPartition, Long> lags,
      Map<TopicPartition, String> stopped,
      Duration silence,
      long toldAt) {}

  private final LongSupplier ticker;
  private final Map<Object, Reader> readers = new ConcurrentHashMap<>();

  /** With the nanoseconds that pass. */
  public InputState(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /**
   * What one consumer sees, in place of what it saw before.
   *
   * @param assigned how many partitions it reads
   * @param lags of those of which Kafka has told it
   * @param silence since its last heartbeat to Kafka
   */
  void update(
      Object reader,
      int assigned,
      Map<TopicPartition, Long> lags,
      Map<TopicPartition, String> stopped,
      Duration silence) {
    readers.put(
        reader,
        new Reader(assigned, Map.copyOf(lags), Map.copyOf(stopped), silence, ticker.getAsLong()));
  }

  /** That consumer is closed. */
  void remove(Object reader) {
    readers.remove(reader);
  }

  /** Records that wait to be read. */
  public long lag() {
    return readers.values().stream()
        .flatMap(reader -> reader.lags().values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Of how many partitions the lag is not known yet. */
  public int unknown() {
    return readers.values().stream().mapToInt(r -> r.assigned() - r.lags().size()).sum();
  }

  /** For how long a consumer has not been in touch with Kafka, at most. */
  public Duration silence() {
    long now = ticker.getAsLong();
    return readers.values().stream()
        .map(reader -> reader.silence().plusNanos(now - reader.toldAt()))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** Partitions that hold a record of a newer version, each with what to do. */
  public Map<String, String> stopped() {
    Map<String, String> stopped = new TreeMap<>();
    readers.values().forEach(r -> r.stopped().forEach((tp, why) -> stopped.put(tp + "", why)));
    return stopped;
  }
}
