package io.causeline.bridge.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final InstantSource clock = () -> now;

  @Test
  void shouldRefuseWhenThereAreTooManyBodiesOrBytes() {
    InFlight inFlight = new InFlight(2, 100, clock);
    InFlight.Body first = inFlight.admit(60).orElseThrow();

    assertThat(inFlight.admit(41)).isEmpty();
    first.observed(20);
    assertThat(inFlight.admit(80)).isPresent();
    assertThat(inFlight.admit(0)).isEmpty();
  }

  @Test
  void shouldGiveRoomBackOnceWhenABodyIsDoneTwice() {
    InFlight inFlight = new InFlight(2, 100, clock);
    InFlight.Body body = inFlight.admit(60).orElseThrow();
    inFlight.admit(40);

    body.done();
    body.done();

    assertThat(inFlight.bodies()).isEqualTo(1);
    assertThat(inFlight.bytes()).isEqualTo(40);
  }

  @Test
  void shouldNotVouchForMoreThanHasBeenSent() {
    InFlight inFlight = new InFlight(9, 100, clock);
    InFlight.Body early = inFlight.admit(1).orElseThrow();
    Instant observed = early.observed(1);
    now = now.plusSeconds(3);
    InFlight.Body unread = inFlight.admit(1).orElseThrow();

    assertThat(inFlight.sentUpTo()).isEqualTo(observed);
    early.sent();
    assertThat(inFlight.sentUpTo()).isEqualTo(now);
    assertThat(inFlight.lag()).isEqualTo(Duration.ofSeconds(3));
    early.done();
    unread.done();
    assertThat(inFlight.lag()).isEqualTo(Duration.ZERO);
  }

  @Test
  void shouldSayHowManyAreLeftWhenPatienceEnds() {
    InFlight inFlight = new InFlight(9, 100, clock);
    InFlight.Body body = inFlight.admit(1).orElseThrow();

    assertThat(inFlight.awaitEmpty(Duration.ofMillis(30))).isEqualTo(1);
    body.done();
    assertThat(inFlight.awaitEmpty(Duration.ofMinutes(1))).isZero();
  }
}
