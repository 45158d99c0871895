package io.causeline.bridge;

import io.causeline.model.Text;
import io.causeline.service.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Judges from the fate of the records whether Kafka stores them: it does not when the last that was
 * settled failed, or when something has waited for long and nothing was stored meanwhile. The
 * heartbeats see to it that there is always something to judge by. Without locks: every record
 * passes here twice, on the sender's thread and on Kafka's.
 */
final class Acknowledgements {

  /** Longer than a leader's election takes. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final AtomicLong waiting = new AtomicLong();

  /** By the clock, in milliseconds: since when nothing was stored while something waited. */
  private volatile long quietSince;

  private volatile @Nullable String failure;

  Acknowledgements(InstantSource clock) {
    this.clock = clock;
  }

  void sent() {
    // Before it counts as waiting, or it would for a moment wait since long ago.
    if (waiting.get() == 0) {
      quietSince = clock.millis();
    }
    waiting.incrementAndGet();
  }

  /**
   * One record is done with.
   *
   * @param error null when it was stored
   */
  void settled(@Nullable Throwable error) {
    if (error == null) {
      quietSince = clock.millis();
      if (failure != null) {
        failure = null;
      }
    } else {
      failure = Text.message(String.valueOf(error.getMessage()));
    }
    waiting.decrementAndGet();
  }

  Health.Result readiness() {
    String failed = failure;
    if (failed != null) {
      return Health.Result.down("Kafka did not store the last record: " + failed);
    }
    long records = waiting.get();
    Instant since = Instant.ofEpochMilli(quietSince);
    if (records > 0 && clock.instant().isAfter(since.plus(PATIENCE))) {
      return Health.Result.down(
          "Kafka has stored nothing since " + since + ", " + records + " records wait");
    }
    return Health.Result.up("Kafka stores what is sent");
  }
}
