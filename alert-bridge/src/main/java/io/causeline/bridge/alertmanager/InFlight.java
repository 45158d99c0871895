package io.causeline.bridge.alertmanager;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The webhook bodies under way, from before they are read until Kafka has settled the last of their
 * records, even when their sender was told long before that they were not stored. Their number and
 * bytes are bounded: what does not fit is to be sent again later.
 *
 * <p>It also knows up to when everything seen has been sent, which is what a heartbeat says.
 */
final class InFlight {

  private final int maxBodies;
  private final long maxBytes;
  private final InstantSource clock;
  private final Set<Body> bodies = new HashSet<>();
  private long bytes;

  InFlight(int maxBodies, long maxBytes, InstantSource clock) {
    this.maxBodies = maxBodies;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /** Takes a body of so many bytes in; empty when there is no room. */
  synchronized Optional<Body> admit(long size) {
    if (bodies.size() >= maxBodies || bytes + size > maxBytes) {
      return Optional.empty();
    }
    Body body = new Body(size);
    bodies.add(body);
    bytes += size;
    return Optional.of(body);
  }

  synchronized int bodies() {
    return bodies.size();
  }

  synchronized long bytes() {
    return bytes;
  }

  /**
   * Waits until nothing is under way.
   *
   * @return how many bodies are under way after {@code patience}, or when interrupted
   */
  synchronized int awaitEmpty(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toMillis(); !bodies.isEmpty() && left > 0; ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return bodies.size();
  }

  /** Everything observed before this time has been sent. */
  synchronized Instant sentUpTo() {
    Instant upTo = clock.instant();
    for (Body body : bodies) {
      if (body.observedAt != null && !body.sent && body.observedAt.isBefore(upTo)) {
        upTo = body.observedAt;
      }
    }
    return upTo;
  }

  /** The age of the oldest body that Kafka has not stored yet. */
  synchronized Duration lag() {
    Instant now = clock.instant();
    Duration lag = Duration.ZERO;
    for (Body body : bodies) {
      if (body.observedAt != null && body.observedAt.isBefore(now.minus(lag))) {
        lag = Duration.between(body.observedAt, now);
      }
    }
    return lag;
  }

  /** One body. Compared by identity. */
  final class Body {

    private long size;
    private @Nullable Instant observedAt;
    private boolean sent;

    private Body(long size) {
      this.size = size;
    }

    /** It has been read, and has this size; returns the time of observation of its alerts. */
    Instant observed(long actualSize) {
      synchronized (InFlight.this) {
        if (bodies.contains(this)) {
          bytes += actualSize - size;
          size = actualSize;
        }
        Instant now = clock.instant();
        observedAt = now;
        return now;
      }
    }

    /** All of its records are on their way to Kafka. */
    void sent() {
      synchronized (InFlight.this) {
        sent = true;
      }
    }

    /** Nothing of it is under way any more. */
    void done() {
      synchronized (InFlight.this) {
        if (bodies.remove(this)) {
          bytes -= size;
          InFlight.this.notifyAll();
        }
      }
    }
  }
}
