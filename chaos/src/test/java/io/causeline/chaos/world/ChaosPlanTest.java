package io.causeline.chaos.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.chaos.Seed;
import io.causeline.chaos.world.ChaosPlan.Action;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {

  private static final List<ChaosPlan> PLANS =
      LongStream.range(0, 100).mapToObj(seed -> ChaosPlan.of(new Seed(seed))).toList();

  @Test
  void shouldPlanTheSameWhenTheSeedIsTheSame() {
    assertThat(ChaosPlan.of(new Seed(5))).isEqualTo(PLANS.get(5));
    assertThat(PLANS).doesNotHaveDuplicates();
  }

  @Test
  void shouldKillEachServiceTwiceAndTheBrokerTwice() {
    for (ChaosPlan plan : PLANS) {
      for (Role role : Role.SERVICES) {
        assertThat(kills(plan, role)).hasSizeBetween(2, 3);
      }
      assertThat(kills(plan, Role.BROKER)).hasSize(2);
    }
  }

  @Test
  void shouldTakeTheBrokerAwayForThirtySecondsOnce() {
    for (ChaosPlan plan : PLANS) {
      List<Action.Kill> outages =
          kills(plan, Role.BROKER).stream()
              .filter(kill -> kill.downFor().equals(ChaosPlan.OUTAGE))
              .toList();
      assertThat(outages).hasSize(1);
      assertThat(outages.get(0).at().plus(ChaosPlan.OUTAGE)).isLessThan(ChaosPlan.WINDOW);
      assertThat(kills(plan, Role.BROKER))
          .filteredOn(kill -> !outages.contains(kill))
          .allMatch(
              kill ->
                  kill.at().compareTo(outages.get(0).at().plus(ChaosPlan.OUTAGE)) > 0
                      || kill.at().plus(kill.downFor()).compareTo(outages.get(0).at()) < 0);
    }
  }

  @Test
  void shouldKillServicesSoonAfterABurst() {
    for (ChaosPlan plan : PLANS) {
      for (Role role : Role.SERVICES) {
        assertThat(kills(plan, role))
            .allMatch(kill -> kill.at().toMillis() % ChaosPlan.BURST.toMillis() < 700);
      }
      assertThat(plan.killAtPost()).isBetween(1, 3);
    }
  }

  @Test
  void shouldKeepWithinItsWindowAndInOrder() {
    for (ChaosPlan plan : PLANS) {
      assertThat(plan.actions()).isSortedAccordingTo(java.util.Comparator.comparing(Action::at));
      assertThat(plan.actions())
          .allMatch(action -> action.at().compareTo(ChaosPlan.WINDOW) < 0)
          .allMatch(action -> action.at().compareTo(Duration.ZERO) > 0);
    }
  }

  private static List<Action.Kill> kills(ChaosPlan plan, Role role) {
    return plan.actions().stream()
        .filter(Action.Kill.class::isInstance)
        .map(Action.Kill.class::cast)
        .filter(kill -> kill.role() == role)
        .toList();
  }
}
