package io.causeline.correlator.streams;

import static io.causeline.correlator.streams.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
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
    useLeeway();
    pace.computed(T0, Duration.ofMillis(200));

    assertThat(pace.isDue(T0.plusMillis(599))).isFalse();
    assertThat(pace.isDue(T0.plusMillis(600))).isTrue();
  }

  @Test
  void shouldLeaveHalfOfTheTimeWhenItReadsWhatHasJustCome() {
    useLeeway();
    pace.read(T0.minusMillis(100));
    assertThat(pace.isDue(T0)).isTrue();
    pace.computed(T0, Duration.ofMillis(200));

    assertThat(pace.isDue(T0.plusMillis(399))).isFalse();
    assertThat(pace.isDue(T0.plusMillis(400))).isTrue();
  }

  @Test
  void shouldLeaveTwoThirdsWhenItReadsWhatCameLongAgo() {
    useLeeway();
    pace.read(T0.minus(Pace.BEHIND).minusMillis(1));
    assertThat(pace.isDue(T0)).isTrue();
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
    useLeeway();
    other.computed(T0, Duration.ofMillis(100));
    pace.computed(T0, Duration.ofMillis(100));

    assertThat(pace.isDue(T0.plusMillis(599))).isFalse();
    assertThat(pace.isDue(T0.plusMillis(600))).isTrue();
  }

  @Test
  void shouldMakeUpForTheTimeThatTicksLeaveOver() {
    useLeeway();
    Instant now = T0;
    int computed = 0;
    Duration took = Duration.ofMillis(24);
    for (int tick = 0; tick < 1000; tick++) {
      now = now.plusMillis(50);
      if (pace.isDue(now)) {
        pace.computed(now, took);
        computed++;
      }
    }

    // A third of 50 s; by waiting for the next tick each time it would be two thirds of that.
    assertThat(computed * took.toMillis()).isBetween(16_600L, 16_700L);
  }

  @Test
  void shouldNotMakeUpForALongQuietTime() {
    pace.computed(T0.minusSeconds(60), Duration.ofMillis(5));
    pace.computed(T0, Duration.ofMillis(200));

    assertThat(pace.isDue(T0.plusMillis(299))).isFalse();
    assertThat(pace.isDue(T0.plusMillis(300))).isTrue();
  }

  @Test
  void shouldGiveEachPartitionItsTurn() {
    Pace other = new Pace(share);
    int[] computed = new int[2];
    for (Instant now = T0; now.isBefore(T0.plusSeconds(10)); now = now.plusMillis(50)) {
      if (pace.isDue(now)) {
        pace.computed(now, Duration.ofMillis(60));
        computed[0]++;
      }
      if (other.isDue(now)) {
        other.computed(now, Duration.ofMillis(60));
        computed[1]++;
      }
    }

    assertThat(computed[0]).isEqualTo(computed[1]).isGreaterThan(25);
  }

  @Test
  void shouldForgetHowLongAPartitionTookThatLeftTheThread() {
    Pace other = new Pace(share);
    other.computed(T0, Duration.ofSeconds(5));
    other.close();
    pace.computed(T0, Duration.ofMillis(20));

    assertThat(pace.isDue(T0.plusSeconds(1))).isTrue();
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
  void shouldHaveWhatIsKnownWaitAsLongAsItIsBehind() {
    assertThat(pace.interval()).isEqualTo(Pace.LONGEST);
    pace.read(T0.minusSeconds(9));
    pace.read(T0.minusSeconds(7));
    pace.read(T0.minusSeconds(8));
    assertThat(pace.isDue(T0)).isTrue();
    assertThat(pace.interval()).isEqualTo(Duration.ofSeconds(7));

    pace.read(T0.minusMillis(20));
    assertThat(pace.isDue(T0)).isTrue();
    assertThat(pace.interval()).isEqualTo(Pace.LONGEST);

    pace.read(T0.minusSeconds(3600));
    assertThat(pace.isDue(T0)).isTrue();
    assertThat(pace.interval()).isEqualTo(Pace.SELDOM);
  }

  @Test
  void shouldHaveTimeForWhatIsKnownUpToATenthOfASecondUnlessItIsBehind() {
    pace.read(T0.minusMillis(20));
    assertThat(pace.isDue(T0)).isTrue();
    assertThat(pace.hasTimeForKnown(Duration.ofMillis(99))).isTrue();
    assertThat(pace.hasTimeForKnown(Pace.KNOWN_AT_A_TIME)).isFalse();
    pace.computed(T0, Duration.ofMillis(60));
    assertThat(pace.hasTimeForKnown(Duration.ofMillis(40))).as("of the thread").isFalse();

    pace.read(T0.minusSeconds(5));
    assertThat(pace.isDue(T0.plusSeconds(1))).isTrue();
    assertThat(pace.hasTimeForKnown(Pace.KNOWN_AT_A_TIME)).isTrue();
  }

  @Test
  void shouldNotTakeForBehindWhatReadTheLastOfABacklog() {
    pace.read(T0.minusSeconds(60));
    assertThat(pace.isDue(T0)).isTrue();
    assertThat(pace.interval()).isEqualTo(Pace.SELDOM);

    assertThat(pace.isDue(T0.plusMillis(50))).isTrue();
    assertThat(pace.interval()).isEqualTo(Pace.LONGEST);
  }

  @Test
  void shouldNotTakeForBehindWhatSharesItsThreadWithAPartitionThatIs() {
    Pace other = new Pace(share);
    other.read(T0.minusSeconds(60));
    pace.read(T0);

    assertThat(pace.isDue(T0)).isTrue();
    assertThat(pace.interval()).isEqualTo(Pace.LONGEST);
  }

  @Test
  void shouldNotStopWhenTheClockIsSetBack() {
    pace.computed(T0, Duration.ofMillis(200));

    assertThat(pace.isDue(T0.minusSeconds(3600))).isTrue();
  }

  /** What is left over from before is used up. */
  private void useLeeway() {
    pace.computed(T0, Pace.LEEWAY.dividedBy(3));
  }
}
