package io.causeline.collector.send;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The collector's clock, which never goes back, and what it may be told that everything seen before
 * it has been stored. What is being read at a moment stands neither in a box nor in Kafka; so
 * whoever reads begins by taking its time here, and ends when it stands in a box.
 */
public final class SeenClock {

  private final InstantSource clock;
  private final Map<String, Instant> reading = new HashMap<>();
  private Instant latest = Instant.MIN;

  public SeenClock(InstantSource clock) {
    this.clock = clock;
  }

  /** The time at which {@code reader} sees what it now reads. */
  public synchronized Instant begin(String reader) {
    Instant now = now();
    reading.put(reader, now);
    return now;
  }

  /** What {@code reader} has read stands in a box, or needs none. */
  public synchronized void end(String reader) {
    reading.remove(reader);
  }

  /** The present. */
  public synchronized Instant now() {
    Instant now = clock.instant();
    latest = now.isAfter(latest) ? now : latest;
    return latest;
  }

  /** The present, and the time before which all that was seen has been stored. */
  public record Horizon(Instant now, Instant stored) {}

  /**
   * The present horizon.
   *
   * @param oldestUnstored of each box: when the oldest of what it holds was seen
   */
  public synchronized Horizon horizon(Stream<Supplier<Optional<Instant>>> oldestUnstored) {
    Instant now = now();
    Instant stored =
        Stream.concat(reading.values().stream(), oldestUnstored.flatMap(box -> box.get().stream()))
            .min(Instant::compareTo)
            .filter(oldest -> oldest.isBefore(now))
            .orElse(now);
    return new Horizon(now, stored);
  }
}
