package io.causeline.correlator.streams;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Hypothesis;
import io.causeline.model.Incident.Impact;
import io.causeline.model.Incident.Role;
import io.causeline.model.Incident.Source;
import io.causeline.model.Incident.TimelineEntry;
import io.causeline.model.Json;
import io.causeline.model.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An incident as it is stored and sent: at most {@link #MAX_BYTES}. What does not fit is cut, least
 * important first, and the timeline says so: a record that Kafka refuses would stop its partition
 * for good.
 */
final class Snapshot {

  /** Largest JSON of an incident. */
  static final int MAX_BYTES = 512 * 1024;

  /** Id and word of the entry that tells of the cut. */
  static final String CUT = "snapshot-cut";

  /** How much is left at each step; the last fits whatever comes. */
  private record Step(int textBytes, int entries, int entities, int hypotheses, boolean advice) {}

  private static final List<Step> STEPS =
      List.of(
          new Step(256, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, true),
          new Step(128, 400, 1000, 10, true),
          new Step(128, 200, 500, 5, true),
          new Step(128, 100, 200, 3, true),
          new Step(64, 20, 50, 1, false));

  private static final List<Role> BY_IMPORTANCE =
      List.of(Role.CAUSE, Role.ACTION, Role.CHANGE, Role.SYMPTOM, Role.RECOVERY, Role.CONTEXT);

  private final Incident incident;
  private final byte[] json;
  private final boolean cut;

  private Snapshot(Incident incident, byte[] json, boolean cut) {
    this.incident = incident;
    this.json = json;
    this.cut = cut;
  }

  /** What is left of the incident. */
  Incident incident() {
    return incident;
  }

  /** Its JSON; not to be changed. */
  byte[] json() {
    return json;
  }

  /** Whether something had to go. */
  boolean cut() {
    return cut;
  }

  static Snapshot of(Incident incident) {
    return of(incident, MAX_BYTES);
  }

  static Snapshot of(Incident incident, int maxBytes) {
    byte[] json = Json.bytes(incident);
    int whole = json.length;
    Incident cut = incident;
    for (Step step : STEPS) {
      if (json.length <= maxBytes) {
        break;
      }
      cut = cut(incident, step, whole);
      json = Json.bytes(cut);
    }
    if (json.length > maxBytes) {
      throw new IllegalArgumentException(
          "incident " + incident.id() + " has " + json.length + " bytes after all that can be cut");
    }
    return new Snapshot(cut, json, whole > maxBytes);
  }

  private static Incident cut(Incident incident, Step step, int whole) {
    List<TimelineEntry> entries = incident.timeline() == null ? List.of() : incident.timeline();
    List<TimelineEntry> kept = entries(entries, step);
    Set<String> ids = new HashSet<>();
    kept.forEach(e -> ids.add(e.id()));
    List<Hypothesis> hypotheses =
        incident.hypotheses().stream()
            .limit(step.hypotheses())
            .map(h -> hypothesis(h, ids, step))
            .toList();
    Impact impact = incident.impact();
    List<TimelineEntry> timeline = new ArrayList<>(kept);
    timeline.add(note(incident, entries.size() - kept.size(), step, whole));
    return new Incident(
        incident.id(),
        incident.cluster(),
        incident.state(),
        incident.severity(),
        Text.cut(incident.title(), Text.MESSAGE_BYTES),
        incident.firstSignalAt(),
        incident.lastSignalAt(),
        incident.openedAt(),
        incident.updatedAt(),
        incident.resolvedAt(),
        incident.reopened(),
        incident.mergedInto(),
        incident.revision(),
        hypotheses,
        new Impact(
            impact.entities().stream().limit(step.entities()).toList(),
            impact.services(),
            impact.pods(),
            impact.nodes()),
        timeline,
        new Incident.Feed(
            incident.feed().complete(), incident.feed().gaps().stream().limit(20).toList()));
  }

  private static List<TimelineEntry> entries(List<TimelineEntry> entries, Step step) {
    return entries.stream()
        .sorted(Comparator.comparing(e -> BY_IMPORTANCE.indexOf(e.role())))
        .limit(step.entries())
        .sorted(Comparator.comparing(TimelineEntry::at))
        .map(e -> entry(e, step.textBytes()))
        .toList();
  }

  private static TimelineEntry entry(TimelineEntry e, int textBytes) {
    return new TimelineEntry(
        e.id(),
        e.at(),
        e.lastAt(),
        e.count(),
        e.source(),
        e.entity(),
        e.what(),
        Text.cut(e.message(), textBytes),
        e.role(),
        e.severity(),
        cut(e.summary(), textBytes),
        cut(e.description(), textBytes),
        cut(e.runbookUrl(), textBytes),
        cut(e.generatorUrl(), textBytes));
  }

  private static @Nullable String cut(@Nullable String text, int bytes) {
    return text == null ? null : Text.cut(text, bytes);
  }

  private static Hypothesis hypothesis(Hypothesis h, Set<String> ids, Step step) {
    return new Hypothesis(
        h.rank(),
        h.cause(),
        Text.cut(h.title(), Text.MESSAGE_BYTES),
        h.locus(),
        h.confidence(),
        h.explains().stream().filter(ids::contains).toList(),
        h.contradicts().stream().filter(ids::contains).toList(),
        step.advice() ? h.missing() : List.of(),
        step.advice() ? h.checks() : List.of(),
        step.advice() ? h.fixes() : List.of(),
        step.advice() ? h.references() : List.of());
  }

  private static TimelineEntry note(Incident incident, int dropped, Step step, int whole) {
    String message =
        "this incident has "
            + whole
            + " bytes, more than a snapshot holds: texts are cut to "
            + step.textBytes()
            + " bytes"
            + (dropped > 0 ? ", " + dropped + " less important entries are left out" : "")
            + (incident.impact().entities().size() > step.entities()
                ? ", "
                    + step.entities()
                    + " of "
                    + incident.impact().entities().size()
                    + " entities are listed"
                : "");
    return new TimelineEntry(
        CUT,
        incident.lastSignalAt(),
        incident.lastSignalAt(),
        1,
        Source.ACTION,
        EntityRef.singleton("Cluster"),
        CUT,
        message,
        Role.CONTEXT,
        null,
        null,
        null,
        null,
        null);
  }
}
