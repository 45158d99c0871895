package io.causeline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final Acknowledgements acknowledgements = new Acknowledgements(() -> now);

  @Test
  void shouldBeReadyWhileRecordsAreStored() {
    acknowledgements.sent();
    acknowledgements.settled(null);
    now = now.plusSeconds(3600);

    assertThat(acknowledgements.readiness().ok()).isTrue();
  }

  @Test
  void shouldNotBeReadyFromAFailureUntilARecordIsStored() {
    acknowledgements.sent();
    acknowledgements.settled(new IllegalStateException("no leader"));

    assertThat(acknowledgements.readiness().ok()).isFalse();
    assertThat(acknowledgements.readiness().detail()).contains("no leader");
    acknowledgements.sent();
    acknowledgements.settled(null);
    assertThat(acknowledgements.readiness().ok()).isTrue();
  }

  @Test
  void shouldNotBeReadyWhenRecordsWaitAndNoneIsStored() {
    acknowledgements.sent();
    acknowledgements.sent();
    now = now.plus(Acknowledgements.PATIENCE);
    assertThat(acknowledgements.readiness().ok()).isTrue();

    now = now.plusMillis(1);
    assertThat(acknowledgements.readiness().ok()).isFalse();

    acknowledgements.settled(null);
    assertThat(acknowledgements.readiness().ok()).isTrue();
  }
}
