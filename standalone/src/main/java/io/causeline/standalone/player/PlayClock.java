package io.causeline.standalone.player;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Recorded time = the recording's start + elapsed time × speed. It stands at the start until {@link
 * #start()}, and for ever at {@link #stopAt} once that is reached.
 */
public final class PlayClock implements InstantSource {

  private final LongSupplier nanoTime;
  private final Object lock = new Object();

  // Guarded by the lock: since when it goes as it goes now.
  private Instant start;
  private double speed;
  private @Nullable Long startedAt;
  private Instant end = Instant.MAX;

  /**
   * A clock that stands at {@code start}.
   *
   * @param speed seconds of recorded time in a second
   */
  public PlayClock(Instant start, double speed) {
    this(start, speed, System::nanoTime);
  }

  PlayClock(Instant start, double speed, LongSupplier nanoTime) {
    this.start = start;
    this.speed = valid(speed);
    this.nanoTime = nanoTime;
  }

  /** Sets it going; a second call changes nothing. */
  public void start() {
    synchronized (lock) {
      if (startedAt == null) {
        startedAt = nanoTime.getAsLong();
        lock.notifyAll();
      }
    }
  }

  /** From now on it does not go beyond {@code instant}. */
  public void stopAt(Instant instant) {
    synchronized (lock) {
      end = instant;
      lock.notifyAll();
    }
  }

  /** From now on it goes so much faster than real time. */
  public void speed(double faster) {
    synchronized (lock) {
      Instant now = instant();
      speed = valid(faster);
      start = now;
      startedAt = startedAt == null ? null : Long.valueOf(nanoTime.getAsLong());
      lock.notifyAll();
    }
  }

  private static double valid(double speed) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed " + speed + " is not above 0");
    }
    return speed;
  }

  @Override
  public Instant instant() {
    synchronized (lock) {
      Instant running = start.plusNanos((long) (elapsedNanos() * speed));
      return running.isAfter(end) ? end : running;
    }
  }

  /** Waits until this clock has reached {@code instant}; returns at once if it has. */
  public void awaitReached(Instant instant) throws InterruptedException {
    synchronized (lock) {
      while (instant().isBefore(instant)) {
        if (startedAt == null || !instant().isBefore(end)) {
          lock.wait();
        } else {
          double left = Math.ceil(Duration.between(instant(), instant).toNanos() / speed);
          TimeUnit.NANOSECONDS.timedWait(lock, Math.max(1, (long) left));
        }
      }
    }
  }

  private long elapsedNanos() {
    return startedAt == null ? 0 : nanoTime.getAsLong() - startedAt;
  }
}
