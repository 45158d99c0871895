package io.causeline.bridge.chat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves when it is told to. */
public final class SteppedClock implements InstantSource {

  private final AtomicReference<Instant> now;

  public SteppedClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  public void advance(Duration by) {
    now.updateAndGet(at -> at.plus(by));
  }

  public void advanceTo(Instant to) {
    now.updateAndGet(at -> to.isAfter(at) ? to : at);
  }
}
