package io.causeline.standalone.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayClockTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong nanos = new AtomicLong(77);

  @Test
  void shouldStandAtTheStartWhenItWasNotStarted() {
    PlayClock clock = new PlayClock(START, 10, nanos::get);

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));

    assertThat(clock.instant()).isEqualTo(START);
  }

  @Test
  void shouldGoSoManyTimesFasterWhenSpeedSaysSo() {
    PlayClock clock = new PlayClock(START, 20, nanos::get);
    clock.start();

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void shouldGoOnFromWhereItIsWhenItsSpeedChanges() {
    PlayClock clock = new PlayClock(START, 20, nanos::get);
    clock.start();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));

    clock.speed(1);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(63));
  }

  @Test
  void shouldNotGoBackToTheStartWhenStartedTwice() {
    PlayClock clock = new PlayClock(START, 1, nanos::get);
    clock.start();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));

    clock.start();

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void shouldStandAtTheEndWhenItIsReached() {
    PlayClock clock = new PlayClock(START, 1, nanos::get);
    clock.start();
    clock.stopAt(START.plusSeconds(2));

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(2));
  }

  @Test
  void shouldWakeWhoWaitsWhenTheTimeIsReached() throws Exception {
    PlayClock clock = new PlayClock(START, 10_000);
    CompletableFuture<Instant> woken = new CompletableFuture<>();
    Thread waiting =
        PlayThreads.start(
            "waits",
            () -> {
              clock.awaitReached(START.plusSeconds(60));
              woken.complete(clock.instant());
            });

    clock.start();

    assertThat(woken.get(10, TimeUnit.SECONDS)).isAfterOrEqualTo(START.plusSeconds(60));
    waiting.join();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldRefuseWhenTheSpeedIsNone(double speed) {
    assertThatThrownBy(() -> new PlayClock(START, speed))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
