package io.causeline.bridge.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.alertmanager.NormalisedAlert.Watchdog;
import io.causeline.model.Heartbeat.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogGapsTest {

  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private final WatchdogGaps gaps = new WatchdogGaps(null, START);

  @Test
  void shouldSayNothingWhenNoWatchdogWasEverHeard() {
    assertThat(gaps.lasting(at(100_000))).isEmpty();
  }

  @Test
  void shouldTellOfAGapFromTheEndOfTheWatchdogUntilItFiresAgain() {
    gaps.heard(firing("p", "a", 0), at(10));
    gaps.heard(resolved("p", "a", 0, 60), at(90));

    assertThat(gaps.lasting(at(91)))
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.from()).isEqualTo(at(60));
              assertThat(gap.to()).isNull();
              assertThat(gap.reason()).contains("Prometheus p");
            });
    List<Gap> ended = gaps.heard(firing("p", "a", 120), at(130));
    assertThat(ended).extracting(Gap::from, Gap::to).containsExactly(tuple(at(60), at(120)));
    assertThat(gaps.lasting(at(131))).isEmpty();
  }

  @Test
  void shouldStayClosedWhenAnOldResolveArrivesLate() {
    gaps.heard(firing("p", "a", 120), at(130));

    gaps.heard(resolved("p", "a", 0, 60), at(140));

    assertThat(gaps.lasting(at(141))).isEmpty();
  }

  @Test
  void shouldStayOpenWhenAnOldFiringIsRepeated() {
    gaps.heard(resolved("p", "a", 0, 60), at(90));

    assertThat(gaps.heard(firing("p", "a", 0), at(95))).isEmpty();
    assertThat(gaps.lasting(at(96))).hasSize(1);
  }

  @Test
  void shouldBeWholeWhileOneReplicaFires() {
    gaps.heard(firing("p", "a", 0), at(10));
    gaps.heard(firing("p", "b", 0), at(10));

    gaps.heard(resolved("p", "a", 0, 60), at(90));

    assertThat(gaps.lasting(at(91))).isEmpty();
  }

  @Test
  void shouldTellOfEachPrometheusAndForgetOneThatIsGoneForGood() {
    gaps.heard(firing("p", "a", 0), at(10));
    gaps.heard(resolved("q", "b", 0, 60), at(90));

    assertThat(gaps.lasting(at(91))).hasSize(1);
    assertThat(gaps.lasting(at(61).plus(WatchdogGaps.MEMORY))).isEmpty();
  }

  @Test
  void shouldCountItsAbsenceWhenATimeoutIsSet() {
    WatchdogGaps timed = new WatchdogGaps(Duration.ofMinutes(5), START);

    assertThat(timed.lasting(at(300))).isEmpty();
    assertThat(timed.lasting(at(301))).extracting(Gap::from).containsExactly(START);
    assertThat(timed.heard(firing("p", "a", 0), at(400)))
        .extracting(Gap::from, Gap::to)
        .containsExactly(tuple(START, at(400)));
    assertThat(timed.lasting(at(700))).isEmpty();
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  private static Watchdog firing(String prometheus, String source, long start) {
    return new Watchdog("home", prometheus, source, at(start), null);
  }

  private static Watchdog resolved(String prometheus, String source, long start, long end) {
    return new Watchdog("home", prometheus, source, at(start), at(end));
  }

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }
}
