package io.causeline.correlator.core;

import static io.causeline.correlator.core.Scenario.at;
import static io.causeline.correlator.core.Scenario.node;
import static io.causeline.correlator.core.Scenario.pod;
import static io.causeline.correlator.core.Scenario.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.Command.Action;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.State;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Signal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterCorrelatorTest {

  private static final String THROTTLED =
      "Error syncing load balancer: failed to ensure load balancer: RequestLimitExceeded: Request"
          + " limit exceeded";
  private static final String NOT_READY =
      "Readiness probe failed: HTTP probe failed with statuscode: 503";

  @Test
  void shouldStayOpenUntilItsAlertResolvesAndThenHoldForAMinute() {
    Scenario story = new Scenario().fires(0, "SomethingIsOff", pod("web-1"), "critical");

    story.until(4 * 3600);
    assertThat(story.only().state()).isEqualTo(State.OPEN);

    story.resolves(5 * 3600, "SomethingIsOff", pod("web-1"), "critical", 0).until(5 * 3600 + 59);
    assertThat(story.only().state()).isEqualTo(State.OPEN);

    story.until(5 * 3600 + 600);
    assertThat(story.only().state()).isEqualTo(State.RESOLVED);
    assertThat(story.only().resolvedAt()).isEqualTo(at(5 * 3600 + 60));
  }

  @Test
  void shouldAnswerUnknownWhenNothingIsKnownOfAnAlert() {
    Scenario story =
        new Scenario().fires(0, "SomethingIsOff", EntityRef.singleton("Cluster"), "critical");

    assertThat(story.only().best().cause()).isEqualTo("unknown");
    assertThat(story.only().severity()).isEqualTo(Incident.Severity.CRITICAL);
  }

  @Test
  void shouldOpenNothingWhenOnlyTheResolveIsSeen() {
    Scenario story = new Scenario().resolves(60, "KubePodNotReady", pod("web-1"), "warning", 0);

    assertThat(story.until(600).incidents()).isEmpty();
  }

  @Test
  void shouldBeResolvedWhenTheResolveCameBeforeTheFiring() {
    Scenario story =
        new Scenario()
            .resolves(60, "KubePodNotReady", pod("web-1"), "warning", 0)
            .fires(0, "KubePodNotReady", pod("web-1"), "warning");

    assertThat(story.until(600).only().state()).isEqualTo(State.RESOLVED);
  }

  @Test
  void shouldIgnoreSeverityNone() {
    Scenario story = new Scenario().fires(0, "Watchdog", EntityRef.singleton("Cluster"), "none");

    assertThat(story.outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(story.incidents()).isEmpty();
  }

  @Test
  void shouldOpenNothingWhenALoadBalancerFailsTwiceAndThenSucceeds() {
    Scenario story =
        new Scenario()
            .event(0, service("web"), true, "SyncLoadBalancerFailed", THROTTLED, 1)
            .event(10, service("web"), true, "SyncLoadBalancerFailed", THROTTLED, 2)
            .event(40, service("web"), false, "EnsuredLoadBalancer", "Ensured load balancer", 1);

    assertThat(story.until(3600).incidents()).isEmpty();
  }

  @Test
  void shouldMakeOneIncidentOfAllServicesThatTheCloudThrottles() {
    Scenario story = new Scenario();
    for (String name : List.of("web", "pay", "cart")) {
      for (int i = 1; i <= 3; i++) {
        story.event(i * 10, service(name), true, "SyncLoadBalancerFailed", THROTTLED, i);
      }
    }

    Incident incident = story.until(60).only();
    assertThat(incident.best().cause()).isEqualTo("cloud-api-throttled");
    assertThat(incident.best().locus()).isEqualTo(EntityRef.of("CloudProvider", null, "aws"));
    assertThat(incident.impact().services()).isEqualTo(3);
    assertThat(incident.timeline()).extracting(Incident.TimelineEntry::count).containsOnly(3);
  }

  @Test
  void shouldGoQuietWhenAnEventIsNotRepeated() {
    Scenario story = new Scenario();
    for (int i = 1; i <= 3; i++) {
      story.event(i, service("web"), true, "SyncLoadBalancerFailed", THROTTLED, i);
    }
    assertThat(story.until(3 + 15 * 60).only().state()).isEqualTo(State.OPEN);

    assertThat(story.until(3 + 16 * 60).only().state()).isEqualTo(State.RESOLVED);
  }

  @Test
  void shouldReopenWithinTheWindowAndOpenAnewAfterIt() {
    Scenario story =
        new Scenario()
            .fires(0, "KubePodNotReady", pod("web-1"), "warning")
            .resolves(60, "KubePodNotReady", pod("web-1"), "warning", 0)
            .until(300);
    assertThat(story.only().state()).isEqualTo(State.RESOLVED);

    story.fires(600, "KubePodNotReady", pod("web-1"), "warning");
    assertThat(story.only().state()).isEqualTo(State.OPEN);
    assertThat(story.only().reopened()).isEqualTo(1);
    assertThat(story.only().timeline()).singleElement().extracting("count").isEqualTo(2);

    story
        .resolves(660, "KubePodNotReady", pod("web-1"), "warning", 600)
        .until(3600)
        .fires(7200, "KubePodNotReady", pod("web-1"), "warning");
    assertThat(story.incidents()).hasSize(2);
  }

  @Test
  void shouldOpenNothingWhenAProbeFailsOnceOnAPodThatStaysReady() {
    Scenario story =
        new Scenario()
            .pod(0, "web-1", "web", "n1", true, 0)
            .event(100, pod("web-1"), true, "Unhealthy", NOT_READY, 1);

    assertThat(story.until(600).incidents()).isEmpty();
  }

  @Test
  void shouldKeepTwoFaultsApartWhenOneHitsAPodOnTheNodeThatIsDown() {
    Scenario story =
        new Scenario()
            .pod(0, "web-1", "web", "n1", true, 0)
            .pod(0, "pay-1", "pay", "n1", false, 0)
            .event(
                10,
                pod("pay-1"),
                true,
                "Failed",
                "Failed to pull image \"r.example/pay:9\": rpc error: code = NotFound desc ="
                    + " r.example/pay:9: not found",
                3)
            .fires(60, "KubePodNotReady", pod("pay-1"), "warning")
            .event(100, node("n1"), false, "NodeNotReady", "Node n1 status is now: NodeNotReady", 3)
            .event(101, pod("web-1"), true, "NodeNotReady", "Node is not ready", 1)
            .fires(160, "KubePodNotReady", pod("web-1"), "warning")
            .until(200);

    assertThat(story.incidents())
        .extracting(incident -> incident.best().cause() + " " + incident.best().locus().name())
        .containsExactlyInAnyOrder("image-not-found pay", "node-down n1");
  }

  @Test
  void shouldMergeWhenTheCommonCauseComesLate() {
    Scenario story =
        new Scenario()
            .pod(0, "web-1", "web", "n1", true, 0)
            .pod(0, "pay-1", "pay", "n1", true, 0)
            .fires(10, "KubePodNotReady", pod("web-1"), "critical")
            .fires(12, "KubePodNotReady", pod("pay-1"), "warning");
    assertThat(story.incidents()).hasSize(2);
    String first = story.incidents().get(0).id();

    story
        .until(40)
        .event(40, node("n1"), false, "NodeNotReady", "Node n1 status is now: NodeNotReady", 3)
        .until(44);
    assertThat(story.incidents()).as("held for 5 s").hasSize(2);

    story.until(46);
    assertThat(story.only().id()).isEqualTo(first);
    assertThat(story.only().best().cause()).isEqualTo("node-down");
    assertThat(story.correlator().incidents())
        .filteredOn(incident -> incident.state() == State.MERGED)
        .singleElement()
        .extracting(Incident::mergedInto)
        .isEqualTo(first);
  }

  @Test
  void shouldNotJoinWhatOnlySharesANodeThatIsWell() {
    Scenario story =
        new Scenario()
            .pod(0, "web-1", "web", "n1", true, 0)
            .pod(0, "pay-1", "pay", "n1", true, 0)
            .fires(10, "KubePodNotReady", pod("web-1"), "critical")
            .fires(12, "KubePodNotReady", pod("pay-1"), "warning");

    assertThat(story.until(600).incidents()).hasSize(2);
  }

  @Test
  void shouldBeOverWhenTheObjectIsGone() {
    Scenario story =
        new Scenario()
            .pod(0, "web-1", "web", "n1", false, 0)
            .fires(10, "KubePodNotReady", pod("web-1"), "warning")
            .gone(100, pod("web-1"))
            .until(200);

    assertThat(story.only().state()).isEqualTo(State.RESOLVED);
    assertThat(story.only().resolvedAt()).isEqualTo(at(160));
  }

  @Test
  void shouldFindASelectorThatMatchesNoPodThoughNoEventTells() {
    Scenario story =
        new Scenario()
            .pod(0, "web-1", "web", "n1", true, 0)
            .present(
                0,
                service("web"),
                Map.of(),
                Map.of("app", "web"),
                Map.of(Attributes.TYPE, "ClusterIP"),
                List.of())
            .present(
                60,
                service("web"),
                Map.of(),
                Map.of("app", "wbe"),
                Map.of(Attributes.TYPE, "ClusterIP"),
                List.of())
            .fires(100, "ServiceHasNoEndpoints", service("web"), "critical");

    Incident incident = story.only();
    assertThat(incident.best().cause()).isEqualTo("service-selector-mismatch");
    assertThat(incident.best().confidence()).isGreaterThan(0.8);
    assertThat(incident.timeline()).extracting("what").contains("selector-changed");
  }

  @Test
  void shouldTakePeoplesWord() {
    Scenario story = new Scenario().fires(0, "SomethingIsOff", pod("web-1"), "warning");
    String id = story.only().id();

    story.command(10, "c1", id, Action.ACKNOWLEDGE);
    assertThat(story.only().state()).isEqualTo(State.ACKNOWLEDGED);

    story.command(20, "c2", id, Action.COMMENT);
    assertThat(story.only().timeline())
        .filteredOn(entry -> entry.role() == Incident.Role.ACTION)
        .extracting("message")
        .contains("ada: looking");

    story.command(20, "c2", id, Action.COMMENT);
    assertThat(story.outcome()).isEqualTo(Outcome.DUPLICATE);

    story.command(30, "c3", id, Action.RESOLVE);
    assertThat(story.only().state()).isEqualTo(State.RESOLVED);

    story.command(40, "c4", id, Action.REOPEN);
    assertThat(story.only().state()).isEqualTo(State.OPEN);

    story.command(50, "c5", "nothing", Action.COMMENT);
    assertThat(story.outcome()).isEqualTo(Outcome.REJECTED);
  }

  @Test
  void shouldMoveTheClockByTheSlowestLiveFeedAndTellASilentOne() {
    Scenario story =
        new Scenario()
            .heartbeat(0, Signal.FEED_KUBERNETES)
            .heartbeat(0, Signal.FEED_ALERTMANAGER)
            .heartbeat(50, Signal.FEED_KUBERNETES);
    assertThat(story.correlator().clock()).isEqualTo(at(0));
    assertThat(story.correlator().feed().complete()).isTrue();

    story.heartbeat(70, Signal.FEED_KUBERNETES);
    assertThat(story.correlator().clock()).isEqualTo(at(70));
    assertThat(story.correlator().feed().complete()).isFalse();
    assertThat(story.correlator().feed().gaps())
        .singleElement()
        .asString()
        .contains("alertmanager");
  }

  @Test
  void shouldQuoteHostileNamesInCommands() {
    Scenario story =
        new Scenario()
            .event(
                0,
                EntityRef.of("Pod", "shop", "x; rm -rf /"),
                true,
                "BackOff",
                "Back-off restarting failed container app in pod x",
                7);

    assertThat(story.only().best().checks())
        .extracting("command")
        .filteredOn(java.util.Objects::nonNull)
        .allSatisfy(
            command ->
                assertThat((String) command)
                    .doesNotContain(" rm -rf / ")
                    .doesNotEndWith("rm -rf /"));
  }

  @Test
  void shouldPublishCountsOfRepeatsRarely() {
    Scenario story = new Scenario();
    for (int i = 1; i <= 60; i++) {
      story.event(i, pod("web-1"), true, "Unhealthy", NOT_READY, i);
    }

    assertThat(story.published.size()).isLessThan(12);
    assertThat(story.until(75).only().timeline()).singleElement().extracting("count").isEqualTo(60);
  }

  @Test
  void shouldNameNoNamespaceInCommandsWhenThePlaceHasNone() {
    Scenario story = new Scenario().fires(0, "SomethingIsOff", node("n1"), "warning");

    assertThat(story.only().best().checks())
        .extracting("command")
        .contains("kubectl describe Node n1")
        .noneMatch(command -> command != null && command.toString().contains("<"));
  }
}
