package io.causeline.benchmarks.latency;

import io.causeline.benchmarks.storm.Storm;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The product's clock: the storm's time, so that alerts that are observed now and the storm's
 * signals are of one time. It stands still until the storm begins.
 */
final class StormClock implements InstantSource {

  private volatile boolean running;
  private volatile long begin;

  @Override
  public Instant instant() {
    return running ? Storm.BEGIN.plusNanos(System.nanoTime() - begin) : Storm.BEGIN;
  }

  /** The storm begins now. */
  void start() {
    begin = System.nanoTime();
    running = true;
  }
}
