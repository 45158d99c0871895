package io.causeline.standalone.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Incident;
import io.causeline.standalone.evaluate.LabelledRecording.Expected;
import io.causeline.standalone.recording.Recorded;
import io.causeline.standalone.recording.RecordingReader;
import io.causeline.standalone.replay.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Replays a labelled recording, and pairs the incidents told with those that there were. */
final class RecordingTrial {

  private static final Duration SETTLE = Duration.ofMinutes(30);

  private RecordingTrial() {}

  /**
   * What came of a recording.
   *
   * @param answers one for each incident that there was, in the truth's order
   * @param falseAlarms incidents told that there were not
   * @param signals events and alerts told
   * @param incidents told, without merged ones
   * @param critical firing alerts of severity critical, each once
   * @param criticalKept those of them that an incident holds
   */
  record Result(
      LabelledRecording recording,
      List<Answer> answers,
      List<Said> falseAlarms,
      int signals,
      int incidents,
      int critical,
      int criticalKept) {}

  /**
   * What was said of an incident that there was.
   *
   * @param said best first; empty if it was missed
   * @param firstRight how long after the start it was first told with the right cause at the right
   *     place; null if never
   */
  record Answer(Expected expected, List<Said> said, @Nullable Duration firstRight) {

    int causeRank() {
      return Said.rank(said, expected.accepted());
    }

    int locusRank() {
      for (int i = 0; i < said.size(); i++) {
        if (expected.isAt(said.get(i).locus())) {
          return i + 1;
        }
      }
      return 0;
    }
  }

  /**
   * Replays it.
   *
   * @param topology whether the objects are told, too
   */
  static Result run(LabelledRecording labelled, Knowledge knowledge, boolean topology) {
    Counter counter = new Counter();
    Map<Expected, Instant> firstRight = new LinkedHashMap<>();
    List<Incident> incidents;
    try (RecordingReader reader = RecordingReader.open(List.of(labelled.file()))) {
      Predicate<Recorded> told =
          record -> topology || !(record instanceof Recorded.Watch watch) || watch.isEvent();
      incidents =
          new Replay(
                  "recording",
                  knowledge,
                  CoreSettings.defaults(),
                  incident -> noteRight(labelled, incident, firstRight))
              .run(new Filtered(reader, told, counter), SETTLE);
    }
    List<Incident> there =
        incidents.stream().filter(i -> i.state() != Incident.State.MERGED).toList();
    List<Incident> left = new ArrayList<>(there);
    List<Answer> answers = new ArrayList<>();
    for (Expected expected : labelled.expected()) {
      Incident best =
          left.stream()
              .filter(incident -> closeness(expected, incident) > 0)
              .max(Comparator.comparingInt(incident -> closeness(expected, incident)))
              .orElse(null);
      left.remove(best);
      Instant right = firstRight.get(expected);
      answers.add(
          new Answer(
              expected,
              best == null ? List.of() : best.hypotheses().stream().map(Said::of).toList(),
              right == null ? null : Duration.between(labelled.started(), right)));
    }
    return new Result(
        labelled,
        answers,
        left.stream().map(incident -> Said.of(incident.best())).toList(),
        counter.signals,
        there.size(),
        counter.critical.size(),
        counter.kept(there));
  }

  private static void noteRight(
      LabelledRecording labelled, Incident incident, Map<Expected, Instant> firstRight) {
    Said first = Said.of(incident.best());
    for (Expected expected : labelled.expected()) {
      if (expected.accepted().contains(first.cause()) && expected.isAt(first.locus())) {
        firstRight.putIfAbsent(expected, incident.updatedAt());
      }
    }
  }

  /** How sure it is that this incident is that one: the right place counts most. */
  private static int closeness(Expected expected, Incident incident) {
    List<Said> said = incident.hypotheses().stream().map(Said::of).toList();
    int score = 0;
    if (expected.isAt(said.get(0).locus())) {
      score += 8;
    } else if (said.stream().limit(3).anyMatch(s -> expected.isAt(s.locus()))) {
      score += 4;
    }
    int rank = Said.rank(said, expected.accepted());
    return score + (rank == 1 ? 3 : rank > 1 && rank <= 3 ? 1 : 0);
  }

  /** Counts what is told as it goes by. */
  private static final class Counter {
    private int signals;
    private final Set<String> critical = new LinkedHashSet<>();

    void count(Recorded record) {
      if (record instanceof Recorded.Watch watch) {
        if (watch.isEvent() && watch.type() != Recorded.Watch.Type.DELETED) {
          signals++;
        }
      } else if (record instanceof Recorded.Webhook webhook) {
        for (JsonNode alert : webhook.body().path("alerts")) {
          signals++;
          JsonNode labels = alert.path("labels");
          if (labels.path("severity").asText().equals("critical")
              && alert.path("status").asText().equals("firing")) {
            critical.add(labels.path("alertname").asText() + "@" + alert.path("startsAt").asText());
          }
        }
      }
    }

    int kept(List<Incident> incidents) {
      Set<String> held = new LinkedHashSet<>();
      for (Incident incident : incidents) {
        List<Incident.TimelineEntry> timeline = incident.timeline();
        if (timeline != null) {
          timeline.stream()
              .filter(entry -> entry.source() == Incident.Source.ALERT)
              .forEach(entry -> held.add(entry.what()));
        }
      }
      return (int)
          critical.stream()
              .filter(alert -> held.contains(alert.substring(0, alert.indexOf('@'))))
              .count();
    }
  }

  /** The records that are told, counted. */
  private static final class Filtered implements Iterator<Recorded> {
    private final Iterator<Recorded> all;
    private final Predicate<Recorded> told;
    private final Counter counter;
    private @Nullable Recorded next;

    Filtered(Iterator<Recorded> all, Predicate<Recorded> told, Counter counter) {
      this.all = all;
      this.told = told;
      this.counter = counter;
    }

    @Override
    public boolean hasNext() {
      while (next == null && all.hasNext()) {
        Recorded record = all.next();
        next = told.test(record) ? record : null;
      }
      return next != null;
    }

    @Override
    public Recorded next() {
      if (!hasNext() || next == null) {
        throw new java.util.NoSuchElementException();
      }
      Recorded record = next;
      next = null;
      counter.count(record);
      return record;
    }
  }
}
