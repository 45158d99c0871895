package io.causeline.correlator.api;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * How far a stream has come in each partition of {@code incidents}: the offset that is read next.
 * It is the id of events, so that a client that comes back goes on where it was.
 */
final class StreamPosition {

  private static final int MAX_LENGTH = 16 * 1024;

  private final long[] next;

  private StreamPosition(long[] next) {
    this.next = next;
  }

  static StreamPosition of(long... next) {
    return new StreamPosition(next.clone());
  }

  /** Reads what {@link #toString} wrote; empty if it is none for so many partitions. */
  static Optional<StreamPosition> parse(String text, int partitions) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != partitions) {
      return Optional.empty();
    }
    long[] next = new long[partitions];
    try {
      for (int i = 0; i < partitions; i++) {
        next[i] = Long.parseLong(parts[i]);
        if (next[i] < 0) {
          return Optional.empty();
        }
      }
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    return Optional.of(new StreamPosition(next));
  }

  int partitions() {
    return next.length;
  }

  long of(int partition) {
    return next[partition];
  }

  /** With another offset in one partition. */
  StreamPosition with(int partition, long offset) {
    long[] changed = next.clone();
    changed[partition] = offset;
    return new StreamPosition(changed);
  }

  /** In each partition whichever is less far. */
  StreamPosition atMost(StreamPosition other) {
    long[] least = new long[next.length];
    Arrays.setAll(least, i -> Math.min(next[i], other.next[i]));
    return new StreamPosition(least);
  }

  /** Whether it has come as far as the other in every partition. */
  boolean reached(StreamPosition other) {
    for (int i = 0; i < next.length; i++) {
      if (next[i] < other.next[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StreamPosition position && Arrays.equals(next, position.next);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(next);
  }

  @Override
  public String toString() {
    return LongStream.of(next).mapToObj(Long::toString).collect(Collectors.joining("."));
  }
}
