package io.causeline.collector;

import static io.causeline.collector.Collecting.until;
import static io.causeline.collector.KubernetesObjects.event;
import static io.causeline.collector.KubernetesObjects.eventOf;
import static io.causeline.collector.KubernetesObjects.node;
import static io.causeline.collector.KubernetesObjects.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.collector.FakeCluster.Expiry;
import io.causeline.collector.FakeCluster.Fault;
import io.causeline.collector.watch.WatchTimings;
import io.causeline.model.EntityRef;
import io.causeline.model.Heartbeat;
import io.causeline.model.Heartbeat.Gap;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.Topics;
import io.causeline.model.TopologyRecord;
import io.causeline.model.TopologyRecord.EpochEnd;
import io.causeline.model.TopologyRecord.Gone;
import io.causeline.model.TopologyRecord.Present;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventCollectorTest {

  private final FakeCluster cluster = new FakeCluster();

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void shouldListInPagesAndThenWatchFromThereWhenStarted() {
    for (int i = 0; i < 5; i++) {
      cluster.put("events", event("e" + i, 1));
    }
    long listed = cluster.advance();
    try (Collecting c = Collecting.from(cluster, "page-size", "2").watching()) {
      cluster.put("events", event("e5", 1));
      until(() -> c.sink.events().size() == 6);

      assertThat(c.sink.events())
          .extracting(KubernetesEvent::uid)
          .containsExactly("event-e0", "event-e1", "event-e2", "event-e3", "event-e4", "event-e5");
      assertThat(cluster.lists("events"))
          .extracting(
              request -> request.query().get("limit") + "@" + request.query().get("continue"))
          .containsExactly("2@null", "2@" + listed + "+2", "2@" + listed + "+4");
      assertThat(cluster.watches("events"))
          .singleElement()
          .satisfies(
              watch ->
                  assertThat(watch.query())
                      .containsEntry("resourceVersion", Long.toString(listed))
                      .containsEntry("allowWatchBookmarks", "true")
                      .containsKey("timeoutSeconds"));
    }
  }

  @Test
  void shouldListFromTheStartWhenAPageHasExpired() {
    for (int i = 0; i < 3; i++) {
      cluster.put("events", event("e" + i, 1));
    }
    cluster.failLists("events", Fault.GONE);
    try (Collecting c = Collecting.from(cluster, "page-size", "2").watching()) {
      until(() -> c.sink.events().size() == 3);

      assertThat(c.restarts("events", "list-expired")).isEqualTo(1);
    }
  }

  @Test
  void shouldTellEachStateOfAnEventButNotItsExpiry() {
    try (Collecting c = Collecting.from(cluster).watching()) {
      cluster.put("events", event("e", 1));
      cluster.put("events", event("e", 7));
      cluster.delete("events", "shop", "e");
      cluster.put("events", event("f", 1));
      until(() -> c.sink.events().size() == 3);

      assertThat(c.sink.events())
          .extracting(e -> e.uid() + "=" + e.count())
          .containsExactly("event-e=1", "event-e=7", "event-f=1");
      assertThat(c.sink.events()).allSatisfy(e -> assertThat(e.cluster()).isEqualTo("c1"));
    }
  }

  @Test
  void shouldTellAllObjectsAndThenTheEndOfTheListWhenStarted() {
    cluster.put("pods", pod("a", "Running"));
    cluster.put("pods", pod("b", "Pending"));
    try (Collecting c = Collecting.from(cluster).watching()) {
      until(() -> c.sink.topology("Pod").size() == 3);

      List<TopologyRecord> told = c.sink.topology("Pod");
      assertThat(told.get(2)).isInstanceOf(EpochEnd.class);
      EpochEnd end = (EpochEnd) told.get(2);
      assertThat(end.kinds()).containsExactly("Pod");
      assertThat(c.sink.snapshots("Pod"))
          .allSatisfy(snapshot -> assertThat(snapshot.epoch()).isEqualTo(end.epoch()))
          .extracting(snapshot -> snapshot.entity().name())
          .containsExactly("a", "b");
      assertThat(c.sink.topology("Ingress")).singleElement().isInstanceOf(EpochEnd.class);
    }
  }

  @Test
  void shouldTellOnlyChangesOfTheTrimmedStateBetweenLists() {
    cluster.put("nodes", node("n1", "2026-11-21T08:00:00Z"));
    try (Collecting c = Collecting.from(cluster).watching()) {
      cluster.put("nodes", node("n1", "2026-11-21T08:00:10Z"));
      cluster.put("nodes", node("n2", "2026-11-21T08:00:10Z"));
      until(() -> c.sink.snapshots("Node").size() == 2);

      assertThat(c.sink.snapshots("Node"))
          .extracting(snapshot -> snapshot.entity().name())
          .containsExactly("n1", "n2");
    }
  }

  @Test
  void shouldTellThatAnObjectHasGoneAndThenATombstoneWhenItIsDeleted() {
    cluster.put("pods", pod("a", "Running"));
    try (Collecting c = Collecting.from(cluster).watching()) {
      cluster.delete("pods", "shop", "a");
      until(() -> c.sink.topology("Pod").size() == 4);

      List<TopologyRecord> told = c.sink.topology("Pod");
      Gone gone = (Gone) told.get(2);
      assertThat(gone.entity()).isEqualTo(EntityRef.of("Pod", "shop", "a"));
      assertThat(gone.uid()).isEqualTo("uid-a");
      assertThat(gone.resourceVersion()).isNotNull();
      assertThat(told.get(3)).isNull();
    }
  }

  @Test
  void shouldTellBothWhenAnObjectWasMadeAnewUnseen() {
    cluster.put("pods", pod("a", "uid-1", "Running"));
    try (Collecting c = Collecting.from(cluster).watching()) {
      cluster.put("pods", pod("a", "uid-2", "Running"));
      until(() -> c.sink.topology("Pod").size() == 5);

      List<TopologyRecord> told = c.sink.topology("Pod");
      assertThat(((Gone) told.get(2)).uid()).isEqualTo("uid-1");
      assertThat(told.get(3)).isNull();
      assertThat(((Present) told.get(4)).snapshot().uid()).isEqualTo("uid-2");
    }
  }

  @Test
  void shouldResumeFromTheBookmarkWhenTheWatchEnds() {
    try (Collecting c = Collecting.from(cluster).watching()) {
      cluster.bookmark("pods");
      long bookmarked = cluster.advance() - 1;
      cluster.endWatches("pods");
      until(() -> cluster.watches("pods").size() == 2);

      assertThat(cluster.watches("pods").get(1).query())
          .containsEntry("resourceVersion", Long.toString(bookmarked));
      assertThat(cluster.lists("pods")).hasSize(1);
      assertThat(c.restarts("pods", "ended")).isEqualTo(1);
    }
  }

  @Test
  void shouldLoseNothingAndTellNoGapWhenTheConnectionBreaks() {
    try (Collecting c = Collecting.from(cluster).watching()) {
      cluster.put("events", event("e1", 1));
      until(() -> c.sink.events().size() == 1);
      cluster.away(true);
      cluster.put("events", event("e2", 1));
      until(() -> c.restarts("events", "no-answer") > 0);
      c.sink.forget();
      c.clock.advance(Duration.ofMinutes(5));
      cluster.away(false);
      c.watching();
      until(() -> c.sink.events().size() == 1 && !c.sink.heartbeats().isEmpty());

      assertThat(c.sink.events()).extracting(KubernetesEvent::uid).containsExactly("event-e2");
      assertThat(cluster.lists("events")).hasSize(1);
      assertThat(c.sink.heartbeats().get(0).gaps()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Expiry.class)
  void shouldListAgainAndTellTheGapWhenTheResourceVersionHasExpired(Expiry expiry) {
    cluster.expiresBy(expiry);
    cluster.put("events", event("e1", 1));
    try (Collecting c = Collecting.from(cluster).watching()) {
      Instant good = c.clock.instant();
      c.clock.advance(Duration.ofMinutes(3));
      cluster.put("events", event("e2", 1));
      until(() -> c.sink.events().size() == 2);
      Instant lastGood = c.clock.instant();
      Instant relisted = c.clock.advance(Duration.ofMinutes(7));
      cluster.advance();
      cluster.compact("events");
      cluster.cutWatches("events");
      until(() -> c.sink.events().size() == 4);
      c.watching();
      cluster.put("events", event("e3", 1));
      until(() -> c.sink.events().size() == 5);
      c.clock.advance(Duration.ofSeconds(10));
      until(() -> c.sink.heartbeats().stream().anyMatch(beat -> !beat.gaps().isEmpty()));

      Heartbeat last = c.sink.heartbeats().get(c.sink.heartbeats().size() - 1);
      Gap gap = last.gaps().get(0);
      assertThat(last.gaps()).hasSize(1);
      assertThat(gap.from()).isEqualTo(lastGood).isAfter(good);
      assertThat(gap.to()).isEqualTo(relisted);
      assertThat(gap.reason()).contains("events");
      assertThat(cluster.lists("events")).hasSize(2);
      assertThat(cluster.watches("events")).hasSizeLessThanOrEqualTo(5);
      assertThat(c.metrics.value("causeline_collector_gaps_total", Map.of("resource", "events")))
          .isEqualTo(1.0);
    }
  }

  @Test
  void shouldFindWhatWasDeletedInAGapByTheEndOfTheNextList() {
    cluster.put("pods", pod("a", "Running"));
    cluster.put("pods", pod("b", "Running"));
    try (Collecting c = Collecting.from(cluster).watching()) {
      until(() -> c.sink.topology("Pod").size() == 3);
      long firstEpoch = c.sink.snapshots("Pod").get(0).epoch();
      c.sink.forget();
      cluster.away(true);
      cluster.delete("pods", "shop", "a");
      cluster.compact("pods");
      cluster.away(false);
      until(() -> c.sink.topology("Pod").stream().anyMatch(EpochEnd.class::isInstance));

      List<TopologyRecord> told = c.sink.topology("Pod");
      assertThat(told.stream().filter(Gone.class::isInstance))
          .singleElement()
          .isInstanceOfSatisfying(
              Gone.class,
              gone -> {
                assertThat(gone.uid()).isEqualTo("uid-a");
                assertThat(gone.resourceVersion()).isNull();
              });
      assertThat(c.sink.snapshots("Pod"))
          .extracting(snapshot -> snapshot.entity().name())
          .containsExactly("b");
      ObjectSnapshot again = c.sink.snapshots("Pod").get(0);
      assertThat(again.epoch()).isGreaterThan(firstEpoch);
      assertThat(told.get(told.size() - 1))
          .isInstanceOfSatisfying(
              EpochEnd.class, end -> assertThat(end.epoch()).isEqualTo(again.epoch()));
    }
  }

  @Test
  void shouldListAndWatchWithGrowingPausesWhenWatchesAreClosedAtOnceForEver() {
    cluster.failWatches(
        "pods",
        Fault.CLOSE_AT_ONCE,
        Fault.CLOSE_AT_ONCE,
        Fault.CLOSE_AT_ONCE,
        Fault.CLOSE_AT_ONCE,
        Fault.CLOSE_AT_ONCE);
    try (Collecting c = Collecting.from(cluster).watching()) {
      assertThat(c.restarts("pods", "closed-at-once")).isEqualTo(5);
      // Three closes mean expired; then each further one lists again.
      assertThat(cluster.lists("pods")).hasSize(4);
      cluster.put("pods", pod("a", "Running"));
      until(() -> c.sink.snapshots("Pod").size() == 1);
    }
  }

  @Test
  void shouldTakeANewerResourceVersionWhenAWatchEndsWithNothingToTell() {
    try (Collecting c = Collecting.from(cluster).watching()) {
      long fresh = cluster.advance();
      cluster.compact("nodes"); // nothing of this resource; but its watch's version is old
      until(() -> System.nanoTime() - started > 400_000_000L);
      cluster.endWatches("events");
      until(() -> cluster.watches("events").size() == 3);

      assertThat(cluster.lists("events").get(1).query()).containsEntry("limit", "1");
      assertThat(cluster.watches("events").get(1).query()).containsEntry("timeoutSeconds", "1");
      assertThat(cluster.watches("events").get(2).query())
          .containsEntry("resourceVersion", Long.toString(fresh));
      assertThat(c.restarts("events", "expired")).isZero();
    }
  }

  private final long started = System.nanoTime();

  @Test
  void shouldPauseTheWatchAndLoseNothingWhenKafkaIsSlow() {
    try (Collecting c = Collecting.from(cluster, "buffer-size", "3").watching()) {
      cluster.put("events", event("before", 1));
      until(() -> c.sink.events().size() == 1 && c.sink.heartbeats().size() == 1);
      long stored = cluster.advance() - 1;
      c.sink.hold(Topics.SIGNALS);
      for (int i = 0; i < 10; i++) {
        cluster.put("events", event("e" + i, 1));
      }
      until(() -> c.readiness().contains("events paused") && c.sink.heldCount() == 3);
      cluster.put("pods", pod("a", "Running"));
      until(() -> c.sink.snapshots("Pod").size() == 1);

      c.sink.release();
      until(() -> c.sink.events().size() >= 11);

      c.watching();
      assertThat(c.sink.events())
          .extracting(KubernetesEvent::uid)
          .containsExactly(
              "event-before",
              "event-e0",
              "event-e1",
              "event-e2",
              "event-e3",
              "event-e4",
              "event-e5",
              "event-e6",
              "event-e7",
              "event-e8",
              "event-e9");
      assertThat(cluster.watches("events").get(1).query())
          .containsEntry("resourceVersion", Long.toString(stored + 4));
      assertThat(
              c.metrics.value(
                  "causeline_collector_paused_seconds_total", Map.of("resource", "events")))
          .isPositive();
      assertThat(cluster.lists("events")).hasSize(1);
    }
  }

  @Test
  void shouldSendAgainFromTheLastStoredWhenKafkaDidNotStore() {
    try (Collecting c = Collecting.from(cluster).watching()) {
      long stored = cluster.put("events", event("e0", 1));
      until(() -> c.sink.events().size() == 1 && c.sink.heartbeats().size() == 1);
      c.sink.hold(Topics.SIGNALS);
      cluster.put("events", event("e1", 1));
      cluster.put("events", event("e2", 1));
      until(() -> c.sink.heldCount() == 2);
      c.sink.failHeld();
      until(() -> c.sink.events().size() >= 3);

      assertThat(c.sink.events())
          .extracting(KubernetesEvent::uid)
          .containsExactly("event-e0", "event-e1", "event-e2");
      assertThat(cluster.watches("events").get(1).query())
          .containsEntry("resourceVersion", Long.toString(stored));
      assertThat(c.restarts("events", "send-failed")).isEqualTo(1);
    }
  }

  @Test
  void shouldListAgainWhenKafkaDidNotStoreTheList() {
    cluster.put("events", event("e0", 1));
    try (Collecting c = Collecting.from(cluster, sink -> sink.fail(Topics.SIGNALS))) {
      until(() -> c.restarts("events", "send-failed") >= 2);
      c.sink.work();
      until(() -> !c.sink.events().isEmpty());
      c.watching();
      until(() -> !c.sink.heartbeats().isEmpty());

      assertThat(c.sink.events()).extracting(KubernetesEvent::uid).contains("event-e0");
      assertThat(c.sink.heartbeats().get(0).gaps()).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void shouldTellOnlyTheLastStateOfAnObjectWhenKafkaIsSlowAndRoomIsShort() {
    cluster.put("pods", pod("a", "Pending"));
    try (Collecting c = Collecting.from(cluster, "buffer-size", "2").watching()) {
      until(() -> c.sink.topology("Pod").size() == 2);
      c.sink.hold(Topics.TOPOLOGY);
      cluster.put("pods", pod("a", "phase-1"));
      until(() -> c.sink.heldCount() == 1);
      for (int i = 2; i <= 9; i++) {
        cluster.put("pods", pod("a", "phase-" + i));
      }
      cluster.put("events", event("after", 1));
      until(() -> waiting(c, "topology") == 2 && c.sink.events().size() == 1);
      cluster.bookmark("pods");
      cluster.endWatches("pods");
      until(() -> cluster.watches("pods").size() == 2);
      c.sink.release();
      until(() -> waiting(c, "topology") == 0);

      assertThat(c.sink.snapshots("Pod"))
          .extracting(snapshot -> snapshot.attribute("phase"))
          .containsExactly("Pending", "phase-1", "phase-9");
    }
  }

  @Test
  void shouldSendObjectsAgainUntilKafkaStoresThem() {
    cluster.put("pods", pod("a", "Pending"));
    try (Collecting c = Collecting.from(cluster, sink -> sink.fail(Topics.TOPOLOGY))) {
      c.watching();
      until(() -> c.sink.attempts() > 5);
      cluster.put("pods", pod("a", "Running"));
      c.sink.work();
      until(() -> waiting(c, "topology") == 0 && c.sink.snapshots("Pod").size() >= 1);

      List<TopologyRecord> told = c.sink.topology("Pod");
      assertThat(c.sink.snapshots("Pod"))
          .last()
          .satisfies(last -> assertThat(last.attribute("phase")).isEqualTo("Running"));
      assertThat(told.get(0)).isInstanceOf(Present.class);
      assertThat(told).anyMatch(EpochEnd.class::isInstance);
    }
  }

  @Test
  void shouldPauseObjectWatchesAndLoseNothingWhenTooManyObjectsWait() {
    try (Collecting c = Collecting.from(cluster, "buffer-size", "2").watching()) {
      until(() -> waiting(c, "topology") == 0);
      c.sink.hold(Topics.TOPOLOGY);
      // 500 may be under way before any has to wait.
      for (int i = 0; i < 520; i++) {
        cluster.put("pods", pod("p" + i, "Running"));
      }
      until(() -> c.readiness().contains("pods paused"));
      c.sink.release();
      until(() -> c.sink.snapshots("Pod").size() == 520);

      c.watching();
      assertThat(cluster.lists("pods")).hasSize(1);
    }
  }

  @Test
  void shouldSendHeartbeatsByTheClockItWasGiven() {
    try (Collecting c = Collecting.from(cluster).watching()) {
      until(() -> c.sink.heartbeats().size() == 1);
      Instant first = c.clock.instant();
      Instant second = c.clock.advance(Duration.ofSeconds(10));
      until(() -> c.sink.heartbeats().size() == 2);

      assertThat(c.sink.heartbeats())
          .extracting(Heartbeat::observedAt)
          .containsExactly(first, second);
      assertThat(c.sink.heartbeats())
          .allSatisfy(
              beat -> {
                assertThat(beat.feed()).isEqualTo("kubernetes");
                assertThat(beat.lag()).isZero();
                assertThat(beat.gaps()).isEmpty();
              });
    }
  }

  @Test
  void shouldSendNoHeartbeatWhileAnythingIsNotBeingWatched() {
    cluster.failLists("ingresses", Fault.FORBIDDEN, Fault.UNAVAILABLE);
    try (Collecting c = Collecting.from(cluster)) {
      until(() -> c.restarts("ingresses", "list-failed") == 2);
      c.watching();
      until(() -> c.sink.heartbeats().size() == 1);
      cluster.away(true);
      until(() -> c.restarts("pods", "no-answer") > 0 && c.restarts("events", "no-answer") > 0);
      c.clock.advance(Duration.ofMinutes(2));
      until(() -> c.restarts("pods", "no-answer") > 3);

      assertThat(c.sink.heartbeats()).hasSize(1);
      assertThat(c.readiness()).startsWith("not watching").contains("pods");
    }
  }

  @Test
  void shouldNotClaimMoreThanKafkaHasStored() {
    try (Collecting c = Collecting.from(cluster).watching()) {
      until(() -> waiting(c, "topology") == 0 && c.sink.heartbeats().size() == 1);
      c.sink.hold(Topics.TOPOLOGY);
      Instant seen = c.clock.advance(Duration.ofSeconds(1));
      cluster.put("pods", pod("a", "Running"));
      until(() -> c.sink.heldCount() == 1);
      c.clock.advance(Duration.ofSeconds(20));
      until(() -> c.sink.heartbeats().size() == 2);

      assertThat(c.sink.heartbeats().get(1).observedAt()).isEqualTo(seen);
      assertThat(c.sink.heartbeats().get(1).lag()).isEqualTo(Duration.ofSeconds(20));
    }
  }

  @Test
  void shouldSayWhatIsForbiddenAndGoOnTrying() {
    cluster.failLists("nodes", Fault.FORBIDDEN, Fault.FORBIDDEN, Fault.FORBIDDEN);
    try (Collecting c = Collecting.from(cluster)) {
      until(() -> c.readiness().contains("nodes failing (list nodes: 403 said the fake"));
      c.watching();
    }
  }

  @Test
  void shouldBeWholeWithoutAnOptionalKindThatIsNotServed() {
    cluster.failLists("ingressclasses", always(Fault.NOT_FOUND));
    try (Collecting c = Collecting.from(cluster).watching()) {
      until(() -> c.sink.heartbeats().size() == 1);

      assertThat(c.sink.heartbeats().get(0).gaps()).isEmpty();
      assertThat(c.readiness())
          .contains("not watching: ingressclasses not served (list ingressclasses: 404");
      assertThat(
              c.metrics.value("causeline_collector_watching", Map.of("resource", "ingressclasses")))
          .isZero();
      assertThat(c.restarts("ingressclasses", "list-failed")).isPositive();
    }
  }

  @Test
  void shouldGoOnAndTellAGapWhenAnOptionalKindIsForbiddenUntilItIsAllowed() {
    cluster.failLists("configmaps", always(Fault.FORBIDDEN));
    try (Collecting c = Collecting.from(cluster).watching()) {
      until(() -> c.sink.heartbeats().size() == 1);
      assertThat(c.readiness()).contains("not watching: configmaps forbidden");
      assertThat(c.sink.heartbeats().get(0).gaps())
          .singleElement()
          .satisfies(
              gap -> {
                assertThat(gap.to()).isNull();
                assertThat(gap.reason()).startsWith("configmaps cannot be read: list configmaps");
              });

      cluster.listWell("configmaps");
      until(() -> !c.readiness().contains("forbidden"));
      c.clock.advance(Duration.ofSeconds(20));
      until(() -> c.sink.heartbeats().size() == 2);
      assertThat(c.sink.heartbeats().get(1).gaps()).isEmpty();
    }
  }

  private static Fault[] always(Fault fault) {
    return java.util.Collections.nCopies(100_000, fault).toArray(Fault[]::new);
  }

  @Test
  void shouldGoOnWhenALineOfTheWatchCannotBeRead() {
    cluster.failWatches("events", Fault.GARBAGE_LINE);
    try (Collecting c = Collecting.from(cluster).watching()) {
      cluster.put("events", event("e", 1));
      until(() -> c.sink.events().size() == 1);

      assertThat(
              c.metrics.value(
                  "causeline_collector_rejected_total",
                  Map.of("resource", "events", "reason", "not-json")))
          .isPositive();
      assertThat(cluster.watches("events")).hasSize(1);
    }
  }

  @Test
  void shouldGiveUpAWatchThatIsSilentForLongerThanTheServerLetsItLast() {
    // The least that can be asked of the server is a second.
    WatchTimings timings =
        new WatchTimings(
            Duration.ofMillis(150),
            Duration.ofMillis(50),
            Duration.ofMillis(10),
            Duration.ofSeconds(1),
            Collecting.TIMINGS.backoff());
    try (Collecting c = Collecting.from(cluster, sink -> {}, timings)) {
      until(() -> c.restarts("events", "broken") >= 2);
      cluster.put("events", event("e", 1));
      until(() -> c.sink.events().size() == 1);

      assertThat(cluster.lists("events")).hasSize(1);
    }
  }

  @Test
  void shouldTellOnlyOfTheNamespacesAskedForAndOfWhatHasNone() {
    cluster.put("events", eventOf("shop", "mine"));
    cluster.put("events", eventOf("other", "theirs"));
    cluster.put("pods", pod("a", "Running"));
    cluster.put("nodes", node("n1", "2026-11-21T08:00:00Z"));
    try (Collecting c = Collecting.from(cluster, "namespaces", "pay,shop").watching()) {
      until(() -> waiting(c, "topology") == 0 && c.sink.events().size() == 1);

      assertThat(c.sink.events()).extracting(KubernetesEvent::uid).containsExactly("event-mine");
      assertThat(c.sink.snapshots("Pod")).hasSize(1);
      assertThat(c.sink.snapshots("Node")).hasSize(1);
    }
    try (Collecting c = Collecting.from(cluster, "namespaces", "pay").watching()) {
      until(() -> waiting(c, "topology") == 0 && c.sink.snapshots("Node").size() == 1);

      assertThat(c.sink.events()).isEmpty();
      assertThat(c.sink.snapshots("Pod")).isEmpty();
    }
  }

  @Test
  void shouldBeginHigherWhenStartedAgain() {
    cluster.put("pods", pod("a", "Running"));
    long first;
    try (Collecting c = Collecting.from(cluster).watching()) {
      until(() -> c.sink.snapshots("Pod").size() == 1);
      first = c.sink.snapshots("Pod").get(0).epoch();
    }
    try (Collecting c = Collecting.from(cluster).watching()) {
      until(() -> c.sink.snapshots("Pod").size() == 1);

      assertThat(c.sink.snapshots("Pod").get(0).epoch()).isGreaterThan(first);
    }
  }

  private static double waiting(Collecting c, String box) {
    Double value = c.metrics.value("causeline_collector_waiting", Map.of("box", box));
    return value == null ? -1 : value;
  }
}
