package io.causeline.correlator.core;

import static io.causeline.correlator.core.Scenario.at;
import static io.causeline.correlator.core.Scenario.pod;
import static io.causeline.correlator.core.Scenario.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.State;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.TopologyRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A change that leaves its object in a faulty state opens an incident without any signal. */
class OpeningByStateTest {

  private static final Knowledge KNOWLEDGE =
      Scenario.knowing(
          """
          - cause: selector-lost
            title: {en: "{locus.name} selects nothing", zh: "{locus.name} 未选中任何 Pod"}
            locus: Service
            outranks: [service-selector-mismatch]
            evidence:
              - {change: selector-changed, on: Service, weight: medium}
              - {change: observed, on: Service, weight: weak}
              - {state: selector-matches-no-pod, weight: strong}
          - events: {change: selector-changed, on: Service, name: ^web, state: selector-matches-no-pod}
            opens: {after: 2m}
          - events: {change: observed, on: Service, state: selector-matches-no-pod}
            opens: {after: 2m}
          """);

  private static final Map<String, String> RIGHT = Map.of("app", "web");
  private static final Map<String, String> WRONG = Map.of("app", "wbe");

  @Test
  void shouldOpenWhenTheStateStillHoldsSomeTimeAfterTheChange() {
    Story story = started().select(60, WRONG);

    assertThat(story.then.until(179).incidents()).isEmpty();
    Incident incident = story.then.until(180).only();
    assertThat(incident.best().cause()).isEqualTo("selector-lost");
    assertThat(incident.best().locus()).isEqualTo(service("web"));
    assertThat(incident.best().confidence()).isGreaterThan(0.6);
    assertThat(incident.openedAt()).isEqualTo(at(180));
    assertThat(incident.firstSignalAt()).isEqualTo(at(60));
    assertThat(incident.timeline())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.what()).isEqualTo("selector-changed");
              assertThat(entry.role()).isEqualTo(Incident.Role.CAUSE);
            });
  }

  @Test
  void shouldOpenNothingWhenTheStateEndsBeforeItsTime() {
    Story story = started().select(60, WRONG).select(100, RIGHT);

    assertThat(story.then.until(3600).incidents()).isEmpty();
  }

  @Test
  void shouldOpenNothingWhenTheObjectIsGoneBeforeItsTime() {
    Story story = started().select(60, WRONG);

    assertThat(story.then.gone(100, service("web")).until(3600).incidents()).isEmpty();
  }

  @Test
  void shouldOpenNothingWhenNoRuleMeansTheObject() {
    Story story = new Story();
    story.then.present(0, service("pay"), Map.of(), RIGHT, Map.of(), List.of());
    story.then.present(60, service("pay"), Map.of(), WRONG, Map.of(), List.of());

    assertThat(story.then.until(3600).incidents()).isEmpty();
  }

  @Test
  void shouldResolveWhenTheStateNoLongerHolds() {
    Story story = started().select(60, WRONG);
    assertThat(story.then.until(5 * 3600).only().state()).isEqualTo(State.OPEN);

    story.select(5 * 3600 + 10, RIGHT);

    assertThat(story.then.until(5 * 3600 + 69).only().state()).isEqualTo(State.OPEN);
    assertThat(story.then.until(5 * 3600 + 100).only().state()).isEqualTo(State.RESOLVED);
    assertThat(story.then.only().resolvedAt()).isEqualTo(at(5 * 3600 + 70));
    assertThat(story.then.until(9 * 3600).only().state()).isEqualTo(State.RESOLVED);
  }

  @Test
  void shouldResolveWhenPodsComeThatTheSelectorMatches() {
    Story story = started().select(60, WRONG);
    story.then.until(300);

    story.then.correlator().apply(record(new HashMap<>(), 600, "Pod/shop/wbe-1", WRONG, Map.of()));

    assertThat(story.then.until(700).only().resolvedAt()).isEqualTo(at(660));
  }

  @Test
  void shouldStayOneIncidentWhenTheStateComesBackSoon() {
    Story story = started().select(60, WRONG);
    story.then.until(300);
    story.select(600, RIGHT);
    assertThat(story.then.until(700).only().state()).isEqualTo(State.RESOLVED);

    story.select(900, WRONG);

    assertThat(story.then.until(1800).only().state()).isEqualTo(State.OPEN);
    assertThat(story.then.only().reopened()).isEqualTo(1);
  }

  @Test
  void shouldWithdrawWhatALateObjectShowsToBeNoFault() {
    Story story = started().select(60, WRONG);
    assertThat(story.then.until(200).incidents()).hasSize(1);

    // The pod was there all the time; it is seen late.
    story.then.present(30, pod("wbe-1"), WRONG, Map.of(), Map.of(), List.of());

    assertThat(story.then.until(400).incidents()).isEmpty();
    assertThat(story.then.published.get(story.then.published.size() - 1).state())
        .isEqualTo(State.RESOLVED);
  }

  @Test
  void shouldComeToTheSameIncidentInAnyOrderAndOverRestarts() {
    List<TopologyRecord> records = new ArrayList<>();
    Map<String, Integer> versions = new HashMap<>();
    records.add(record(versions, 0, "Service/shop/web", Map.of(), RIGHT));
    records.add(record(versions, 0, "Pod/shop/web-1", RIGHT, Map.of()));
    records.add(record(versions, 60, "Service/shop/web", Map.of(), WRONG));
    records.add(record(versions, 400, "Pod/shop/web-2", RIGHT, Map.of()));
    records.add(record(versions, 500, "Service/shop/web", Map.of(), Map.of("app", "w")));
    records.add(record(versions, 900, "Service/shop/web", Map.of(), RIGHT));

    List<String> expected = outcome(records, false);

    assertThat(expected).hasSize(1);
    assertThat(outcome(records, true)).isEqualTo(expected);
    for (int seed = 1; seed <= 20; seed++) {
      List<TopologyRecord> shuffled = new ArrayList<>(records);
      shuffled.addAll(records);
      Collections.shuffle(shuffled, new Random(seed));

      assertThat(outcome(shuffled, seed % 2 == 0)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void shouldFindTheStateOfWhatIsMerelyThereWhenAPersonAsks() {
    ClusterCorrelator correlator =
        ClusterCorrelator.create(
            Scenario.CLUSTER, KNOWLEDGE, CoreSettings.defaults().openingAtOnce());
    correlator.advanceTo(at(600));
    correlator.apply(record(new HashMap<>(), 600, "Service/shop/web", Map.of(), WRONG));
    correlator.apply(record(new HashMap<>(), 600, "Service/shop/pay", Map.of(), RIGHT));
    correlator.apply(record(new HashMap<>(), 600, "Pod/shop/pay-1", RIGHT, Map.of()));

    correlator.observeObjects(at(600));

    assertThat(correlator.publish())
        .singleElement()
        .satisfies(
            incident -> {
              assertThat(incident.best().cause()).isEqualTo("selector-lost");
              assertThat(incident.best().locus()).isEqualTo(service("web"));
            });
  }

  private static List<String> outcome(List<TopologyRecord> records, boolean restarts) {
    ClusterCorrelator correlator =
        ClusterCorrelator.create(Scenario.CLUSTER, KNOWLEDGE, CoreSettings.defaults());
    Map<String, StateRecord> store = new TreeMap<>();
    List<Incident> published = new ArrayList<>();
    for (TopologyRecord record : records) {
      correlator.advanceTo(record.observedAt());
      correlator.apply(record);
      published.addAll(correlator.publish());
      if (restarts) {
        correlator.takeWrites().forEach(write -> store.put(write.key(), write));
        correlator =
            ClusterCorrelator.restore(
                Scenario.CLUSTER,
                KNOWLEDGE,
                CoreSettings.defaults(),
                store.values(),
                ClusterCorrelator.Snapshots.among(published));
      }
    }
    for (int second = 900; second < 3000; second += 10) {
      correlator.advanceTo(at(second));
      correlator.publish();
    }
    return correlator.incidents().stream()
        .filter(incident -> incident.state() != State.MERGED)
        .map(
            incident ->
                incident.best().cause()
                    + " "
                    + incident.state()
                    + " "
                    + incident.resolvedAt()
                    + " "
                    + incident.timeline().stream().map(Incident.TimelineEntry::id).toList())
        .toList();
  }

  private static TopologyRecord record(
      Map<String, Integer> versions,
      int second,
      String path,
      Map<String, String> labels,
      Map<String, String> selector) {
    return new TopologyRecord.Present(
        new ObjectSnapshot(
            Scenario.CLUSTER,
            EntityRef.parsePath(path),
            "uid-" + path,
            String.valueOf(versions.merge(path, 1, Integer::sum)),
            1,
            at(second),
            second == 0 ? Scenario.NOON.minus(Duration.ofHours(2)) : at(second),
            null,
            labels,
            selector,
            Map.of(),
            List.of()));
  }

  private static Story started() {
    Story story = new Story();
    story.then.present(0, pod("web-1"), RIGHT, Map.of(), Map.of(), List.of());
    return story.select(0, RIGHT);
  }

  /** The story of a Service. */
  private static final class Story {
    final Scenario then = new Scenario(KNOWLEDGE);

    Story select(int second, Map<String, String> selector) {
      then.present(second, service("web"), Map.of(), selector, Map.of(), List.of());
      return this;
    }
  }
}
