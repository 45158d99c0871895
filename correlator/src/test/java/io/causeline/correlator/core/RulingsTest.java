package io.causeline.correlator.core;

import static io.causeline.correlator.core.Scenario.node;
import static io.causeline.correlator.core.Scenario.pod;
import static io.causeline.correlator.core.Scenario.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.Command.Action;
import io.causeline.model.Incident;
import io.causeline.model.Incident.State;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What people decide about structure and cause outranks the algorithm. */
class RulingsTest {

  private static final String NOT_READY = "Node n1 status is now: NodeNotReady";

  /** Two unrelated alerts: two incidents. */
  private static Scenario two() {
    return new Scenario()
        .fires(0, "SomethingIsOff", pod("web-1"), "warning")
        .fires(1, "SomethingElseIsOff", service("pay"), "critical")
        .until(60);
  }

  private static String about(Scenario story, String alert) {
    return story.incidents().stream()
        .filter(incident -> alerts(incident).contains(alert))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static List<String> alerts(Incident incident) {
    List<Incident.TimelineEntry> timeline = incident.timeline();
    return timeline == null
        ? List.of()
        : timeline.stream()
            .filter(entry -> entry.source() == Incident.Source.ALERT)
            .map(Incident.TimelineEntry::what)
            .sorted()
            .toList();
  }

  /** Ids with what they hold. */
  private static Map<String, List<String>> holdings(Scenario story) {
    return story.incidents().stream()
        .collect(Collectors.toMap(Incident::id, RulingsTest::alerts, (a, b) -> a, TreeMap::new));
  }

  @Test
  void shouldMergeIntoTheOneThatIsNamedAndStickToIt() {
    Scenario story = two();
    String web = about(story, "SomethingIsOff");
    String pay = about(story, "SomethingElseIsOff");

    story.merge(61, "m", web, pay).until(80);

    assertThat(holdings(story))
        .isEqualTo(Map.of(pay, List.of("SomethingElseIsOff", "SomethingIsOff")));
    Incident merged =
        story.correlator().incidents().stream()
            .filter(incident -> incident.id().equals(web))
            .findFirst()
            .orElseThrow();
    assertThat(merged.state()).isEqualTo(State.MERGED);
    assertThat(merged.mergedInto()).isEqualTo(pay);

    story.fires(100, "ThirdThing", pod("web-1"), "warning").until(120);
    assertThat(holdings(story))
        .isEqualTo(Map.of(pay, List.of("SomethingElseIsOff", "SomethingIsOff", "ThirdThing")));
  }

  /** What a person asks for does not wait for a clock that may stand still. */
  @Test
  void shouldMergeAndSplitAtOnce() {
    Scenario story = two();
    String web = about(story, "SomethingIsOff");
    String pay = about(story, "SomethingElseIsOff");

    story.merge(61, "m", web, pay);
    assertThat(story.incidents()).extracting(Incident::id).containsExactly(pay);

    story.split(62, "s", web);
    assertThat(story.incidents()).extracting(Incident::id).containsExactlyInAnyOrder(web, pay);
  }

  @Test
  void shouldRefuseACauseThatCannotSitThere() {
    Scenario story = new Scenario().fires(0, "SomethingIsOff", pod("web-1"), "warning").until(60);
    String id = story.only().id();

    story.cause(61, "c", id, Action.CONFIRM_CAUSE, "lb-no-implementation");
    assertThat(story.outcome()).isEqualTo(Outcome.REJECTED);

    story.cause(62, "d", id, Action.CONFIRM_CAUSE, "cloud-quota-exceeded").until(80);
    assertThat(story.only().best().locus().kind()).isEqualTo("CloudProvider");
  }

  @Test
  void shouldRestoreBothWhenAMergeIsFollowedByItsSplit() {
    Scenario story = two();
    Map<String, List<String>> before = holdings(story);
    String web = about(story, "SomethingIsOff");

    story.merge(61, "m", web, about(story, "SomethingElseIsOff")).until(80);
    story.split(81, "s", web).until(100);

    assertThat(holdings(story)).isEqualTo(before);
    assertThat(story.incidents()).extracting(Incident::state).containsOnly(State.OPEN);
  }

  @Test
  void shouldKeepWhatPeopleMergedWhenItIsRestoredFromItsState() {
    Scenario story = two();
    String web = about(story, "SomethingIsOff");
    String pay = about(story, "SomethingElseIsOff");
    story.merge(61, "m", web, pay).until(80);

    ClusterCorrelator restored =
        ClusterCorrelator.restore(
            Scenario.CLUSTER,
            KnowledgeLoader.builtIn(),
            CoreSettings.defaults(),
            story.correlator().takeWrites(),
            ClusterCorrelator.Snapshots.among(story.published));
    restored.publish();
    restored.apply(
        new io.causeline.model.Command(
            Scenario.CLUSTER,
            "s",
            Scenario.at(90),
            web,
            Action.SPLIT,
            "ada",
            null,
            new io.causeline.model.Command.About(null, List.of(), null)));
    restored.advanceTo(Scenario.at(90));
    restored.publish();
    restored.advanceTo(Scenario.at(100));
    restored.publish();

    assertThat(restored.incidents()).extracting(Incident::id).containsExactlyInAnyOrder(web, pay);
    assertThat(restored.incidents()).extracting(Incident::state).containsOnly(State.OPEN);
  }

  @Test
  void shouldTakeSingleEntriesOutOfAnIncident() {
    Scenario story =
        new Scenario()
            .fires(0, "SomethingIsOff", pod("web-1"), "warning")
            .fires(1, "SomethingElseIsOff", pod("web-1"), "critical")
            .until(60);
    Incident one = story.only();
    List<Incident.TimelineEntry> timeline = one.timeline();
    String entry = timeline == null ? "" : timeline.get(1).id();

    story.split(61, "s", one.id(), entry).until(80);

    assertThat(holdings(story).values())
        .containsExactlyInAnyOrder(List.of("SomethingIsOff"), List.of("SomethingElseIsOff"));
    assertThat(holdings(story)).containsKey(one.id());
  }

  @Test
  void shouldUndoAMergeThatTheAlgorithmMade() {
    Scenario story = new Scenario();
    for (String name : List.of("web", "pay")) {
      story
          .pod(0, name + "-1", name, "n1", true, 0)
          .fires(10, "KubePodNotReady", pod(name + "-1"), "warning");
    }
    story.until(30);
    assertThat(story.incidents()).hasSize(2);
    story.event(40, node("n1"), false, "NodeNotReady", NOT_READY, 1).until(60);
    story.until(110);
    assertThat(story.incidents()).hasSize(1);
    Incident merged =
        story.correlator().incidents().stream()
            .filter(incident -> incident.state() == State.MERGED)
            .findFirst()
            .orElseThrow();

    story.split(111, "s", merged.id()).until(140);

    assertThat(story.incidents()).hasSize(2);
    assertThat(story.incidents()).extracting(Incident::id).contains(merged.id());
  }

  @Test
  void shouldSetTheConfirmedCauseFirstAndKeepItThere() {
    Scenario story = new Scenario().fires(0, "SomethingIsOff", pod("web-1"), "warning").until(60);
    String id = story.only().id();

    story.cause(61, "c", id, Action.CONFIRM_CAUSE, "application-crash").until(80);
    story.fires(100, "SomethingElseIsOff", pod("web-1"), "warning").until(120);

    assertThat(story.only().best().cause()).isEqualTo("application-crash");
    assertThat(story.only().best().confidence()).isGreaterThan(0.9);
    assertThat(story.only().id()).isEqualTo(id);
  }

  @Test
  void shouldNeverNameARejectedCauseAgain() {
    Scenario story = new Scenario();
    story.pod(0, "web-1", "web", "n1", true, 0);
    story.event(10, node("n1"), false, "NodeNotReady", NOT_READY, 1).until(80);
    assertThat(story.only().best().cause()).isEqualTo("node-down");

    story.cause(81, "r", story.only().id(), Action.REJECT_CAUSE, "node-down").until(100);
    story.fires(110, "KubeNodeNotReady", node("n1"), "warning").until(140);

    assertThat(story.only().hypotheses())
        .extracting(Incident.Hypothesis::cause)
        .doesNotContain("node-down");
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    Scenario story = two();
    String web = about(story, "SomethingIsOff");

    assertThat(story.merge(61, "a", web, "no-such").outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(story.merge(61, "b", web, web).outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(story.split(61, "c", web, "no-such-entry").outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(story.cause(61, "d", web, Action.CONFIRM_CAUSE, "no-such").outcome())
        .isEqualTo(Outcome.REJECTED);
    assertThat(story.incidents()).hasSize(2);
  }

  @Test
  void shouldTakeTheSameCommandOnce() {
    Scenario story = two();
    String web = about(story, "SomethingIsOff");
    String pay = about(story, "SomethingElseIsOff");
    story.merge(61, "m", web, pay).until(80).split(81, "s", web).until(100);

    assertThat(story.merge(61, "m", web, pay).outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(story.until(120).incidents()).hasSize(2);
  }
}
