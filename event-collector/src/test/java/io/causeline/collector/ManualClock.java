package io.causeline.collector;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
public final class ManualClock implements InstantSource {

  private Instant now = Instant.parse("2026-11-21T09:00:00Z");

  @Override
  public synchronized Instant instant() {
    return now;
  }

  public synchronized Instant advance(Duration time) {
    now = now.plus(time);
    return now;
  }
}
