package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.AlertSignal;
import io.causeline.model.Command;
import io.causeline.model.Command.Action;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.TopologyRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What must hold of the core whatever happens in a cluster, and however it is told. */
@Domain(Stories.class)
@Domain(DomainContext.Global.class)
class CorePropertiesTest {

  private static final int TRIES = 8;

  @Property(tries = TRIES)
  void shouldComeToTheSameIncidentsInAnyOrder(
      @ForAll Story story, @ForAll long chance, @ForAll @IntRange(min = 1, max = 40) int minutes) {
    List<Object> records = story.records();
    List<Object> shuffled = Telling.shuffled(records, chance);
    boolean sure = !story.has(Step.Kind.HEARTBEATS);

    assertThat(Told.of(Telling.of(shuffled).rest(60 * minutes).all(), sure))
        .as(() -> "in this order: " + lines(shuffled))
        .isEqualTo(Told.of(Telling.of(records).rest(60 * minutes).all(), sure));
  }

  @Property(tries = TRIES)
  void shouldComeToTheSameIncidentsWhenRecordsComeAgainAndAgain(
      @ForAll Story story, @ForAll long chance, @ForAll @IntRange(min = 1, max = 40) int minutes) {
    List<Object> records = story.records();
    List<Object> repeated = Telling.repeated(records, chance);

    assertThat(Told.of(Telling.of(repeated).rest(60 * minutes).all()))
        .as(() -> "with repeats: " + lines(repeated))
        .isEqualTo(Told.of(Telling.of(records).rest(60 * minutes).all()));
  }

  /**
   * Here the order is the same, and so are ids and times of opening. Revisions are not compared: a
   * revision of mere counts waits for some seconds, which a restart does not.
   */
  @Property(tries = TRIES)
  void shouldGoOnAsIfNothingHadBeenAfterARestart(
      @ForAll Story story, @ForAll @IntRange(min = 1, max = 40) int minutes) {
    List<Object> records = story.records();
    Telling through = Telling.of(records).rest(60 * minutes);
    Telling restarted = new Telling().tell(records, Telling::restart).rest(60 * minutes);

    assertThat(openings(restarted)).isEqualTo(openings(through));
    assertThat(Told.of(restarted.all())).isEqualTo(Told.of(through.all()));
  }

  /** What was applied is stored, but the incidents are computed only after the restart. */
  @Property(tries = TRIES)
  void shouldComputeAfterARestartWhatWasAppliedBeforeIt(
      @ForAll Story story, @ForAll @IntRange(min = 1, max = 40) int minutes) {
    List<Object> records = story.records();
    Telling through = Telling.of(records).rest(60 * minutes);
    Telling restarted = new Telling().tellToTheForgetful(records).rest(60 * minutes);

    assertThat(openings(restarted)).isEqualTo(openings(through));
    assertThat(Told.of(restarted.all())).isEqualTo(Told.of(through.all()));
  }

  private static List<String> openings(Telling telling) {
    return telling.all().stream()
        .map(one -> one.id() + " " + one.state() + " " + one.openedAt() + " " + one.mergedInto())
        .toList();
  }

  @Property(tries = TRIES)
  void shouldNeverLeaveAFiringCriticalAlertWithoutAnIncident(
      @ForAll Story story, @ForAll long chance, @ForAll boolean inOrder) {
    List<Object> records = inOrder ? story.records() : Telling.shuffled(story.records(), chance);
    Map<String, AlertSignal> firing = new TreeMap<>();
    Map<String, Instant> latest = new TreeMap<>();
    Set<String> over = new HashSet<>();
    Set<EntityRef> gone = new HashSet<>();
    Telling telling = new Telling();
    for (Object record : records) {
      telling.tell(record);
      if (record instanceof TopologyRecord.Gone end) {
        gone.add(end.entity());
      }
      if (record instanceof AlertSignal alert) {
        latest.merge(alert.identity(), alert.startsAt(), (a, b) -> a.isAfter(b) ? a : b);
        if (!alert.firing()) {
          over.add(alert.identity() + alert.startsAt());
          firing.remove(alert.identity() + alert.startsAt());
        } else if ("critical".equals(alert.severity())
            && !over.contains(alert.identity() + alert.startsAt())) {
          firing.put(alert.identity() + alert.startsAt(), alert);
        }
      }
      for (AlertSignal alert : firing.values()) {
        // An alert that began again was over in between, whichever of the two is told first.
        boolean again = alert.startsAt().isBefore(latest.get(alert.identity()));
        if (!again && !gone.contains(alert.entity())) {
          assertThat(telling.incidents()).anyMatch(incident -> isAbout(incident, alert));
        }
      }
    }
  }

  private static boolean isAbout(Incident incident, AlertSignal alert) {
    return incident.state().active()
        && incident.severity() == Incident.Severity.CRITICAL
        && Told.timeline(incident).stream()
            .anyMatch(
                entry ->
                    entry.source() == Incident.Source.ALERT
                        && entry.what().equals(alert.name())
                        && entry.entity().equals(alert.entity()));
  }

  @Property(tries = TRIES)
  void shouldTakeNoNoticeOfAResolveWhoseFiringWasNeverSeen(
      @ForAll Story story, @ForAll @IntRange(min = 3, max = 90) int tens, @ForAll boolean late) {
    // Where feeds beat, anything that comes shows that one is alive, and less may be missing.
    Story plain = story.without(Step.Kind.STRAY_RESOLVE).without(Step.Kind.HEARTBEATS);
    Story more = plain.with(new Step(10 * tens, Step.Kind.STRAY_RESOLVE, tens, 1, true));

    Telling told = Telling.of(more.records());
    Telling without = Telling.of(plain.records());
    restTogether(told, without, late ? 2000 : 60);
    assertThat(Told.of(told.all())).isEqualTo(Told.of(without.all()));
  }

  @Property(tries = TRIES)
  void shouldNameTheSameCausesWithoutABenignSignal(
      @ForAll Story story, @ForAll @IntRange(min = 3, max = 90) int tens, @ForAll boolean late) {
    Story plain = story.without(Step.Kind.QUIET_LIFE).without(Step.Kind.HEARTBEATS);
    Story more = plain.with(new Step(10 * tens, Step.Kind.QUIET_LIFE, tens, 1, true));

    Telling told = Telling.of(more.records());
    Telling without = Telling.of(plain.records());
    restTogether(told, without, late ? 2000 : 60);
    assertThat(causes(told.incidents())).isEqualTo(causes(without.incidents()));
  }

  /** To one end: what is over by one clock may last by another. */
  private static void restTogether(Telling one, Telling other, int seconds) {
    Instant end = one.end().isAfter(other.end()) ? one.end() : other.end();
    one.restUntil(end.plusSeconds(seconds));
    other.restUntil(end.plusSeconds(seconds));
  }

  private static List<String> causes(List<Incident> incidents) {
    return incidents.stream()
        .map(
            incident ->
                incident.severity()
                    + " "
                    + incident.state()
                    + incident.hypotheses().stream()
                        .map(h -> " " + h.cause() + " @ " + h.locus() + " " + h.confidence())
                        .toList())
        .sorted()
        .toList();
  }

  @Property(tries = TRIES)
  void shouldRestoreBothWhenAMergeIsFollowedByItsSplit(
      @ForAll Story some, @ForAll @IntRange(max = 5) int one, @ForAll @IntRange(max = 5) int two) {
    // At least two that have nothing to do with each other.
    List<Object> records =
        some.with(new Step(850, Step.Kind.CRITICAL_ALERT, 0, 1, false))
            .with(new Step(860, Step.Kind.UNKNOWN_WARNING, 0, 6, false))
            .records();
    Telling left = Telling.of(records).rest(60);
    Telling merged = Telling.of(records).rest(60);
    List<Incident> open =
        merged.incidents().stream().filter(incident -> incident.state().active()).toList();
    // The story may tell that one of them is over.
    Assume.that(open.size() > 1);
    Incident from = open.get(one % open.size());
    Incident into = open.get((one + 1 + two % (open.size() - 1)) % open.size());

    assertThat(merged.command(command(merged, from, Action.MERGE, into.id())))
        .isEqualTo(Outcome.ACCEPTED);
    merged.rest(20);
    assertThat(merged.incidents()).noneMatch(incident -> incident.id().equals(from.id()));
    assertThat(merged.command(command(merged, from, Action.SPLIT, null)))
        .isEqualTo(Outcome.ACCEPTED);

    assertThat(holdings(merged.rest(40))).isEqualTo(holdings(left.rest(60)));
    assertThat(Told.of(merged.all())).isEqualTo(Told.of(left.all()));
  }

  private static Command command(Telling telling, Incident about, Action action, String into) {
    return new Command(
        Scenario.CLUSTER,
        action.word(),
        telling.clock(),
        about.id(),
        action,
        "ada",
        null,
        new Command.About(into, List.of(), null));
  }

  private static Map<String, List<String>> holdings(Telling telling) {
    Map<String, List<String>> holdings = new TreeMap<>();
    telling.incidents().forEach(one -> holdings.put(one.id(), Told.entries(one)));
    return holdings;
  }

  @Property(tries = TRIES)
  void shouldKeepNoMoreForMereRepeats(@ForAll Story story) {
    List<Object> records = story.records();
    Telling telling = Telling.of(records);
    telling.restart();
    int pieces = telling.store().size();
    long bytes = telling.bytes();
    List<Incident> before = telling.all();

    // Not the heartbeats, whose gaps are kept.
    telling.tell(records);

    assertThat(telling.store()).hasSize(pieces);
    assertThat(telling.bytes()).isEqualTo(bytes);
    assertThat(telling.all()).isEqualTo(before);
  }

  @Property(tries = TRIES)
  void shouldGrowByNothingButDigitsWhenKnownEventsRepeat(
      @ForAll Story story, @ForAll @IntRange(min = 20, max = 60) int repeats) {
    Telling telling = Telling.of(story.records());
    List<KubernetesEvent> known = new ArrayList<>(lastStates(story.records()));
    // As many as are remembered of each to date a recovery.
    for (int i = 1; i <= 20; i++) {
      telling.tell(again(known, i));
    }
    telling.rest(20);
    int pieces = telling.store().size();
    long bytes = telling.bytes();

    for (int i = 21; i <= 20 + repeats; i++) {
      telling.tell(again(known, i));
    }
    telling.rest(20);

    assertThat(telling.store()).hasSizeLessThanOrEqualTo(pieces);
    // A feed may have fallen silent meanwhile, which is told.
    assertThat(telling.bytes()).isLessThanOrEqualTo(bytes + 100 + 40L * known.size());
  }

  /** The newest state of each Event. */
  private static List<KubernetesEvent> lastStates(List<Object> records) {
    Map<String, KubernetesEvent> last = new TreeMap<>();
    for (Object record : records) {
      if (record instanceof KubernetesEvent event) {
        last.put(event.uid(), event);
      }
    }
    return List.copyOf(last.values());
  }

  private static List<Object> again(List<KubernetesEvent> known, int times) {
    return known.stream()
        .map(
            event ->
                (Object)
                    new KubernetesEvent(
                        event.cluster(),
                        event.uid(),
                        Scenario.at(1500 + times),
                        Scenario.at(1500 + times),
                        event.entity(),
                        event.entityUid(),
                        event.reason(),
                        event.warning(),
                        event.message(),
                        event.combined(),
                        100 + times,
                        event.component(),
                        event.host(),
                        event.fieldPath(),
                        event.related()))
        .toList();
  }

  @Property(tries = TRIES)
  void shouldPublishNothingThatIsNotWellFormed(
      @ForAll Story story, @ForAll long chance, @ForAll boolean inOrder) {
    Telling telling =
        Telling.of(inOrder ? story.records() : Telling.shuffled(story.records(), chance))
            .rest(2000);
    Map<String, Integer> revisions = new TreeMap<>();
    for (Incident incident : telling.published()) {
      assertThat(incident.revision()).isGreaterThan(revisions.getOrDefault(incident.id(), 0));
      revisions.put(incident.id(), incident.revision());
      Set<String> entries = new HashSet<>();
      Told.timeline(incident).forEach(entry -> assertThat(entries.add(entry.id())).isTrue());
      assertThat(incident.hypotheses()).isNotEmpty();
      for (int i = 0; i < incident.hypotheses().size(); i++) {
        Incident.Hypothesis hypothesis = incident.hypotheses().get(i);
        assertThat(hypothesis.rank()).isEqualTo(i + 1);
        assertThat(hypothesis.confidence()).isBetween(0.0, 1.0);
        assertThat(entries)
            .containsAll(hypothesis.explains())
            .containsAll(hypothesis.contradicts());
        assertThat(hypothesis.title()).isNotBlank();
      }
      assertThat(incident.hypotheses().stream().mapToDouble(Incident.Hypothesis::confidence).sum())
          .isLessThan(1.01);
      assertThat(incident.lastSignalAt()).isAfterOrEqualTo(incident.firstSignalAt());
      assertThat(incident.resolvedAt() != null)
          .isEqualTo(incident.state() == Incident.State.RESOLVED);
    }
  }

  private static String lines(List<Object> records) {
    return records.stream().map(record -> "\n  " + record).collect(Collectors.joining());
  }
}
