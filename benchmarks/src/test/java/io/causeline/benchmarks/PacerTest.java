package io.causeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacerTest {

  private final AtomicLong nanos = new AtomicLong(-5_000);

  @Test
  void shouldSpreadThingsEvenlyFromItsBeginning() {
    Pacer pacer = new Pacer(nanos::get, 2000);

    assertThat(pacer.due(0)).isEqualTo(-5_000);
    assertThat(pacer.due(1) - pacer.due(0)).isEqualTo(500_000);
    assertThat(pacer.due(120_000) - pacer.due(0)).isEqualTo(60_000_000_000L);
    assertThat(pacer.left(2)).isEqualTo(1_000_000);
  }

  @Test
  void shouldKeepTheTimeOfWhatIsLateAndNotWaitForIt() throws InterruptedException {
    Pacer pacer = new Pacer(nanos::get, 10);
    nanos.addAndGet(3_000_000_000L);

    assertThat(pacer.left(5)).isZero();
    assertThat(pacer.await(5)).isEqualTo(-5_000 + 500_000_000L);
  }

  @Test
  void shouldStopWaitingWhenItsThreadIsInterrupted() {
    Pacer pacer = new Pacer(nanos::get, 0.001);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> pacer.await(1)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void shouldRefuseNoPace() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Pacer(nanos::get, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pacer(nanos::get, Double.NaN));
  }
}
