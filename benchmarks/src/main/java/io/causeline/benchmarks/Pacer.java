package io.causeline.benchmarks;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * When each of many things is to be done, at an even pace. What is late is due at once and keeps
 * its own time: who measures from that time does not leave out what a slow system made wait.
 */
public final class Pacer {

  private final LongSupplier nanos;
  private final long start;
  private final double perSecond;

  /**
   * Begins now.
   *
   * @param nanos a clock such as {@link System#nanoTime}
   */
  public Pacer(LongSupplier nanos, double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("no pace: " + perSecond);
    }
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.perSecond = perSecond;
  }

  /** When the thing of this number is due, by the clock; the first is 0. */
  public long due(long number) {
    return start + (long) (number / perSecond * 1e9);
  }

  /** How long until then, in nanoseconds; nothing if it is late. */
  public long left(long number) {
    return Math.max(0, due(number) - nanos.getAsLong());
  }

  /**
   * Waits until then.
   *
   * @return when it was due
   * @throws InterruptedException when interrupted meanwhile
   */
  public long await(long number) throws InterruptedException {
    for (long left = left(number); left > 0; left = left(number)) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return due(number);
  }
}
