package io.causeline.correlator.streams;

import static io.causeline.correlator.streams.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final Pace.Share share = new Pace.Share();
  private final Pace pace = new Pace(share);

  @Test
  void shouldComputeWithEveryTickWhileThatIsCheap() {
    pace.computed(T0, Duration.ofMillis(5));

    assertThat(pace.isDue(T0.plusMillis(100))).isTrue();
  }

  @Test
  void shouldLeaveTwoThirdsOfTheTimeToReading() {
    pace.computed(T0, Duration.ofMillis(200));

    assertThat(pace.isDue(T0.plusMillis(599))).isFalse();
    assertThat(pace.isDue(T0.plusMillis(600))).isTrue();
  }

  @Test
  void shouldNotPutOffTheNextForMoreThanASecond() {
    pace.computed(T0, Duration.ofMillis(450));

    assertThat(pace.isDue(T0.plusMillis(999))).isFalse();
    assertThat(pace.isDue(T0.plusSeconds(1))).isTrue();
  }

  @Test
  void shouldLeaveHalfOfTheTimeToReadingWhateverComputingTakes() {
    pace.computed(T0, Duration.ofSeconds(5));

    assertThat(pace.isDue(T0.plusMillis(9_999))).isFalse();
    assertThat(pace.isDue(T0.plusSeconds(10))).isTrue();
  }

  @Test
  void shouldShareTheTimeOfAThreadAmongItsPartitions() {
    Pace other = new Pace(share);
    other.computed(T0, Duration.ofMillis(100));
    pace.computed(T0, Duration.ofMillis(100));

    assertThat(pace.isDue(T0.plusMillis(599))).isFalse();
    assertThat(pace.isDue(T0.plusMillis(600))).isTrue();
  }

  @Test
  void shouldHaveTheTimeOfAPartitionThatLeftTheThread() {
    Pace other = new Pace(share);
    other.computed(T0, Duration.ofMillis(200));
    other.close();
    pace.computed(T0, Duration.ofMillis(20));

    assertThat(pace.isDue(T0.plusMillis(60))).isTrue();
  }

  @Test
  void shouldLetThePartitionsOfAThreadComputeForHalfASecondBetweenTwoCommits() {
    Pace second = new Pace(share);
    Pace third = new Pace(share);

    assertThat(pace.isDue(T0)).isTrue();
    pace.computed(T0, Duration.ofMillis(300));
    assertThat(second.isDue(T0.plusMillis(300))).isTrue();
    second.computed(T0.plusMillis(300), Duration.ofMillis(300));
    assertThat(third.isDue(T0.plusMillis(600))).isFalse();

    assertThat(pace.isDue(T0.plusMillis(700))).isFalse();
    assertThat(second.isDue(T0.plusMillis(700))).isFalse();
    assertThat(third.isDue(T0.plusMillis(700))).isTrue();
  }

  @Test
  void shouldNotStopWhenTheClockIsSetBack() {
    pace.computed(T0, Duration.ofMillis(200));

    assertThat(pace.isDue(T0.minusSeconds(3600))).isTrue();
  }
}
