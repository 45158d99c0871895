package io.causeline.correlator.core;

import static io.causeline.correlator.core.Scenario.at;
import static io.causeline.correlator.core.Scenario.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.State;
import io.causeline.model.Signal;
import org.junit.jupiter.api.Test;

class LifeTest {

  private static Scenario flapping(int times, int apart) {
    Scenario story = new Scenario();
    for (int i = 0; i < times; i++) {
      int start = i * apart;
      story
          .fires(start, "SomethingIsOff", pod("web-1"), "warning")
          .resolves(start + 60, "SomethingIsOff", pod("web-1"), "warning", start);
    }
    return story;
  }

  @Test
  void shouldHoldOpenWhatCameAndWentThreeTimesAndSaySo() {
    Scenario story = flapping(3, 300).until(600 + 60 + 120);

    assertThat(story.only().state()).isEqualTo(State.OPEN);
    assertThat(story.only().title()).endsWith("(comes and goes)");

    story.until(30 * 60 + 60);
    assertThat(story.only().state()).isEqualTo(State.RESOLVED);
    assertThat(story.only().resolvedAt()).isEqualTo(at(30 * 60));
  }

  @Test
  void shouldNotCallItFlappingWhenItCameTwiceOrRarely() {
    assertThat(flapping(2, 300).until(300 + 60 + 120).only().state()).isEqualTo(State.RESOLVED);
    assertThat(flapping(3, 960).until(1920 + 60 + 120).only().title()).doesNotContain("comes and");
  }

  @Test
  void shouldTakeInNoNewObjectsAfterADay() {
    Scenario story = new Scenario();
    story.pod(0, "web-1", "web", "n1", true, 0).pod(0, "web-2", "web", "n2", true, 0);
    story.fires(10, "KubePodCrashLooping", pod("web-1"), "warning").until(60);
    String first = story.only().id();
    int day = 24 * 3600;

    story.fires(day + 100, "KubePodCrashLooping", pod("web-2"), "warning").until(day + 200);

    assertThat(story.incidents()).hasSize(2);
    assertThat(story.incidents().get(0).id()).isEqualTo(first);
    story.fires(day + 300, "KubeContainerWaiting", pod("web-1"), "warning").until(day + 400);
    assertThat(story.incidents()).hasSize(2);
  }

  @Test
  void shouldBeLessSureAndSaySoWhenAFeedHadAGap() {
    EntityRef node = Scenario.node("n1");
    String message = "Node n1 status is now: NodeNotReady";
    Incident whole =
        new Scenario().event(10, node, false, "NodeNotReady", message, 1).until(80).only();
    Incident gappy =
        new Scenario()
            .gap(0, Signal.FEED_KUBERNETES, -120, -60)
            .event(10, node, false, "NodeNotReady", message, 1)
            .until(80)
            .only();

    assertThat(gappy.best().cause()).isEqualTo(whole.best().cause());
    assertThat(gappy.best().confidence()).isLessThan(whole.best().confidence() * 0.9);
    assertThat(gappy.best().missing()).anyMatch(text -> text.contains("events were lost"));
  }
}
