package io.causeline.bridge;

import io.causeline.model.Text;
import io.causeline.service.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Judges from the fate of the records whether Kafka stores them: it does not when the last that was
 * settled failed, or when something has waited for long and nothing was stored meanwhile. The
 * heartbeats see to it that there is always something to judge by.
 */
final class Acknowledgements {

  /** Longer than a leader's election takes. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final InstantSource clock;
  private long waiting;
  private Instant quietSince = Instant.MIN;
  private @Nullable String failure;

  Acknowledgements(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void sent() {
    if (waiting++ == 0) {
      quietSince = clock.instant();
    }
  }

  /**
   * One record is done with.
   *
   * @param error null when it was stored
   */
  synchronized void settled(@Nullable Throwable error) {
    waiting--;
    if (error == null) {
      quietSince = clock.instant();
      failure = null;
    } else {
      failure = Text.message(String.valueOf(error.getMessage()));
    }
  }

  synchronized Health.Result readiness() {
    if (failure != null) {
      return Health.Result.down("Kafka did not store the last record: " + failure);
    }
    if (waiting > 0 && clock.instant().isAfter(quietSince.plus(PATIENCE))) {
      return Health.Result.down(
          "Kafka has stored nothing since " + quietSince + ", " + waiting + " records wait");
    }
    return Health.Result.up("Kafka stores what is sent");
  }
}
