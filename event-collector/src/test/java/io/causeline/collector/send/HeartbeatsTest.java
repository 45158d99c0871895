package io.causeline.collector.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.collector.ManualClock;
import io.causeline.collector.send.Heartbeats.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {

  private static final Instant T0 = Instant.parse("2026-11-21T09:00:00Z");
  private static final Duration TEN = Duration.ofSeconds(10);

  @Test
  void shouldLeaveOnlyWhenWatchingAndDueAndTheLastIsStored() {
    assertThat(Heartbeats.decide(false, false, T0, null, TEN)).isEqualTo(Decision.NOT_WATCHING);
    assertThat(Heartbeats.decide(true, false, T0, null, TEN)).isEqualTo(Decision.SEND);
    assertThat(Heartbeats.decide(true, false, T0.plusSeconds(9), T0, TEN))
        .isEqualTo(Decision.NOT_DUE);
    assertThat(Heartbeats.decide(true, false, T0.plusSeconds(10), T0, TEN))
        .isEqualTo(Decision.SEND);
    assertThat(Heartbeats.decide(true, true, T0.plusSeconds(10), T0, TEN))
        .isEqualTo(Decision.LAST_ONE_NOT_STORED);
  }

  @Test
  void shouldReachToThePresentWhenAllIsStored() {
    SeenClock clock = new SeenClock(InstantSource.fixed(T0));

    assertThat(clock.horizon(Stream.of(Optional::empty))).isEqualTo(new SeenClock.Horizon(T0, T0));
  }

  @Test
  void shouldReachToTheOldestThatIsReadOrWaits() {
    ManualClock time = new ManualClock();
    SeenClock clock = new SeenClock(time);
    Instant read = clock.begin("events");
    Instant waiting = time.advance(TEN);
    Instant now = time.advance(TEN);
    Supplier<Optional<Instant>> box = () -> Optional.of(waiting);

    assertThat(clock.horizon(Stream.of(box))).isEqualTo(new SeenClock.Horizon(now, read));
    clock.end("events");
    assertThat(clock.horizon(Stream.of(box))).isEqualTo(new SeenClock.Horizon(now, waiting));
  }

  @Test
  void shouldNeverGoBackWhenTheMachinesClockDoes() {
    Instant[] time = {T0};
    SeenClock clock = new SeenClock(() -> time[0]);
    assertThat(clock.now()).isEqualTo(T0);
    time[0] = T0.minusSeconds(60);

    assertThat(clock.begin("events")).isEqualTo(T0);
  }

  @Test
  void shouldMakeOneGapOfThoseThatOverlap() {
    Gaps gaps = new Gaps();
    gaps.add(T0, T0.plusSeconds(10), "pods: expired");
    gaps.add(T0.plusSeconds(60), T0.plusSeconds(70), "events: expired");
    gaps.add(T0.plusSeconds(5), T0.plusSeconds(20), "nodes: expired");
    gaps.add(T0.plusSeconds(5), T0.plusSeconds(20), "nodes: expired");

    assertThat(gaps.at(T0.plusSeconds(100)))
        .extracting(gap -> gap.from().getEpochSecond() - T0.getEpochSecond() + ".." + gap.reason())
        .containsExactly("0..pods: expired; nodes: expired", "60..events: expired");
    assertThat(gaps.at(T0.plusSeconds(100)).get(0).to()).isEqualTo(T0.plusSeconds(20));
  }

  @Test
  void shouldJoinTheClosestWhenThereAreManyGapsAndForgetThemAfterADay() {
    Gaps gaps = new Gaps();
    for (int i = 0; i < Gaps.MOST; i++) {
      gaps.add(T0.plusSeconds(i * 100L), T0.plusSeconds(i * 100L + 10), "r" + i);
    }
    gaps.add(T0.plusSeconds(315), T0.plusSeconds(316), "close");

    assertThat(gaps.at(T0)).hasSize(Gaps.MOST);
    assertThat(gaps.at(T0)).anyMatch(gap -> gap.reason().equals("r3; close"));
    assertThat(gaps.at(T0.plus(Gaps.KEPT).plusSeconds(105))).hasSize(Gaps.MOST - 1);
    assertThat(gaps.at(T0.plus(Duration.ofDays(3)))).isEqualTo(List.of());
  }

  @Test
  void shouldTellAGapThatEndsBeforeItBeginsAsAMoment() {
    Gaps gaps = new Gaps();
    gaps.add(T0.plusSeconds(5), T0, "clocks differ");

    assertThat(gaps.at(T0))
        .singleElement()
        .satisfies(gap -> assertThat(gap.to()).isEqualTo(gap.from()));
  }

  @Test
  void shouldNumberListsUpwardsWhateverTheClockDoes() {
    Instant[] time = {T0};
    Epochs epochs = new Epochs(() -> time[0]);
    long first = epochs.next();
    assertThat(first).isEqualTo(T0.toEpochMilli());
    assertThat(epochs.next()).isEqualTo(first + 1);
    time[0] = T0.minusSeconds(60);
    assertThat(epochs.next()).isEqualTo(first + 2);
    epochs.after(T0.plusSeconds(30));
    assertThat(epochs.next()).isEqualTo(T0.plusSeconds(30).toEpochMilli() + 1);
  }
}
