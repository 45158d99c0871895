package io.causeline.correlator.streams;

import static io.causeline.correlator.streams.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final Pace pace = new Pace();

  @Test
  void shouldComputeWithEveryTickWhileThatIsCheap() {
    pace.computed(T0, Duration.ofMillis(5));

    assertThat(pace.isDue(T0.plusMillis(100))).isTrue();
  }

  @Test
  void shouldLeaveMostOfTheTimeToReadingWhenComputingTakesLong() {
    pace.computed(T0, Duration.ofMillis(200));

    assertThat(pace.isDue(T0.plusMillis(799))).isFalse();
    assertThat(pace.isDue(T0.plusMillis(800))).isTrue();
  }

  @Test
  void shouldNotPutOffTheNextForLong() {
    pace.computed(T0, Duration.ofSeconds(5));

    assertThat(pace.isDue(T0.plusSeconds(5).plusMillis(800))).isTrue();
  }

  @Test
  void shouldNotStopWhenTheClockIsSetBack() {
    pace.computed(T0, Duration.ofMillis(200));

    assertThat(pace.isDue(T0.minusSeconds(3600))).isTrue();
  }
}
