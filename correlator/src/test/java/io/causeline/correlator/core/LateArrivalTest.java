package io.causeline.correlator.core;

import static io.causeline.correlator.core.Scenario.at;
import static io.causeline.correlator.core.Scenario.node;
import static io.causeline.correlator.core.Scenario.pod;
import static io.causeline.correlator.core.Scenario.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.AlertSignal;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.State;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Edge;
import io.causeline.model.Relation;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes late makes of incidents what it would have made of them in time. */
class LateArrivalTest {

  private static final String NOT_READY =
      "Readiness probe failed: HTTP probe failed with statuscode: 503";

  private static List<String> what(Incident incident) {
    return Told.timeline(incident).stream().map(Incident.TimelineEntry::what).toList();
  }

  @Test
  void shouldWithdrawWhatOnlyOpenedBecauseThePodWasNotKnownToBeWell() {
    Scenario story = new Scenario().event(100, pod("web-1"), true, "Unhealthy", NOT_READY, 1);
    assertThat(story.until(600).only().state()).isEqualTo(State.OPEN);
    String id = story.only().id();

    story.pod(0, "web-1", "web", "n1", true, 0).until(620);

    assertThat(story.incidents()).isEmpty();
    Incident last = story.published.get(story.published.size() - 1);
    assertThat(last.state()).isEqualTo(State.RESOLVED);
    assertThat(what(last)).contains("withdrawn");

    story.pod(50, "web-1", "web", "n1", false, 50);
    assertThat(story.until(640).only().id()).isEqualTo(id);
    assertThat(story.only().state()).isEqualTo(State.OPEN);
  }

  @Test
  void shouldKeepWhatOpenedLongAgoWhenTheStateOfThatTimeIsForgotten() {
    Scenario story =
        new Scenario()
            .pod(0, "web-1", "web", "n1", false, 0)
            .event(100, pod("web-1"), true, "Unhealthy", NOT_READY, 1)
            .until(600)
            .pod(900, "web-1", "web", "n1", true, 900)
            .until(4000);

    story.pod(4000, "web-1", "web", "n2", true, 900).until(4100);

    assertThat(story.only().state()).isEqualTo(State.RESOLVED);
    assertThat(what(story.only())).doesNotContain("withdrawn");
  }

  @Test
  void shouldFoldAPodIntoAnOwnerWhoseOwnerIsToldLate() {
    EntityRef set = EntityRef.of("ReplicaSet", "shop", "web-7c");
    EntityRef deployment = EntityRef.of("Deployment", "shop", "web");
    Scenario story = new Scenario();
    story.present(
        0,
        pod("web-1"),
        Map.of("app", "web"),
        Map.of(),
        Map.of(),
        List.of(new Edge(Relation.OWNED_BY, set)));
    story.fires(100, "SomethingIsOff", pod("web-1"), "warning").until(120);
    assertThat(story.only().best().locus()).isEqualTo(set);

    story.present(
        0, set, Map.of(), Map.of(), Map.of(), List.of(new Edge(Relation.OWNED_BY, deployment)));

    assertThat(story.until(140).only().best().locus()).isEqualTo(deployment);
  }

  @Test
  void shouldReadAfterARestartWhatWasToldLateBeforeIt() {
    EntityRef deployment = EntityRef.of("Deployment", "shop", "web");
    AlertSignal alert =
        new AlertSignal(
            Scenario.CLUSTER,
            "fingerprint",
            at(100),
            "SomethingIsOff",
            AlertSignal.Status.FIRING,
            pod("web-1"),
            List.of(),
            "warning",
            Map.of("alertname", "SomethingIsOff"),
            null,
            null,
            null,
            null,
            at(100),
            null);
    TopologyRecord.Present owned =
        new TopologyRecord.Present(
            new ObjectSnapshot(
                Scenario.CLUSTER,
                pod("web-1"),
                "uid-web-1",
                "1",
                1,
                at(0),
                at(0),
                null,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(new Edge(Relation.OWNED_BY, deployment))));
    Telling telling = Telling.of(List.of(alert));
    assertThat(telling.all().get(0).best().locus()).isNotEqualTo(deployment);

    telling.tellToTheForgetful(List.of(owned));

    assertThat(telling.incidents())
        .singleElement()
        .extracting(incident -> incident.best().locus())
        .isEqualTo(deployment);
  }

  @Test
  void shouldCountAServiceWhoseSelectorIsToldLate() {
    Scenario story =
        new Scenario()
            .pod(0, "web-1", "web", "n1", true, 0)
            .fires(100, "SomethingIsOff", pod("web-1"), "warning")
            .until(120);
    assertThat(story.only().impact().services()).isZero();

    story.present(0, service("web"), Map.of(), Map.of("app", "web"), Map.of(), List.of());

    assertThat(story.until(140).only().impact().services()).isEqualTo(1);
  }

  @Test
  void shouldCountOnWhatIsShownAsContext() {
    Scenario story =
        new Scenario()
            .event(90, pod("web-1"), false, "Created", "Created container: app", 1)
            .fires(100, "SomethingIsOff", pod("web-1"), "warning")
            .event(200, pod("web-1"), false, "Created", "Created container: app", 2);

    assertThat(Told.timeline(story.until(230).only()))
        .filteredOn(entry -> entry.what().equals("Created"))
        .extracting(Incident.TimelineEntry::count)
        .containsExactly(2);
  }

  @Test
  void shouldShowWhatOneFeedSawAheadOfTheOther() {
    Scenario story =
        new Scenario()
            .event(1, pod("web-1"), false, "Scheduled", "Successfully assigned shop/web-1", 1)
            .fires(100, "SomethingIsOff", pod("web-1"), "warning")
            .event(110, pod("web-1"), false, "Created", "Created container: app", 1);

    assertThat(what(story.until(140).only())).contains("Created");
  }

  @Test
  void shouldShowWhatChangedAtTheOwner() {
    EntityRef deployment = EntityRef.of("Deployment", "shop", "web");
    Scenario story =
        new Scenario()
            .pod(0, "web-1", "web", "n1", true, 0)
            .present(0, deployment, Map.of(), Map.of(), Map.of("template", "t1"), List.of())
            .fires(100, "SomethingIsOff", pod("web-1"), "warning")
            .until(110)
            .present(120, deployment, Map.of(), Map.of(), Map.of("template", "t2"), List.of());

    assertThat(what(story.until(140).only())).contains("template-changed");
  }

  @Test
  void shouldDateTheEndByTheSilenceThatCameBeforeALaterRecovery() {
    int quiet = 15 * 60;
    Scenario story =
        new Scenario()
            .pod(0, "web-1", "web", "n1", false, 0)
            .pod(quiet + 200, "web-1", "web", "n1", true, quiet + 199)
            .event(100, pod("web-1"), true, "Unhealthy", NOT_READY, 9)
            .until(quiet + 400);

    assertThat(story.only().resolvedAt()).isEqualTo(at(100 + quiet + 60));
  }

  @Test
  void shouldBeLessSureOnceAFeedTellsWhatItMissed() {
    Scenario story =
        new Scenario()
            .event(100, node("n1"), false, "NodeNotReady", "Node n1 status is now: NodeNotReady", 1)
            .until(180);
    double before = story.only().best().confidence();

    story.gap(200, Signal.FEED_KUBERNETES, 50, 150).until(220);

    assertThat(story.only().best().confidence()).isLessThan(before);
  }
}
