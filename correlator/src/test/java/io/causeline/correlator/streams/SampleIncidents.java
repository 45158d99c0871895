package io.causeline.correlator.streams;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Hypothesis;
import io.causeline.model.Incident.Impact;
import io.causeline.model.Incident.State;
import io.causeline.model.Incident.TimelineEntry;
import io.causeline.model.KubernetesEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Incidents for tests. */
public final class SampleIncidents {

  private SampleIncidents() {}

  /** The incident of this entity, after this event. */
  static Incident of(String cluster, String id, KubernetesEvent event, @Nullable Incident before) {
    boolean healed = event.reason().equals("Healed");
    List<TimelineEntry> timeline = new ArrayList<>();
    if (before != null) {
      timeline.addAll(before.timeline());
    }
    timeline.add(entry(event.uid(), event.at(), event.entity(), event.reason(), event.message()));
    return of(
        id,
        cluster,
        healed ? State.RESOLVED : State.OPEN,
        before == null ? event.observedAt() : before.openedAt(),
        healed ? event.observedAt() : null,
        before == null ? 0 : before.revision(),
        event.reason(),
        event.entity(),
        timeline);
  }

  /** An open incident with one entry. */
  public static Incident open(String cluster, String id, Instant openedAt, EntityRef entity) {
    return of(
        id,
        cluster,
        State.OPEN,
        openedAt,
        null,
        1,
        "Trouble with " + entity.name(),
        entity,
        List.of(entry("e1", openedAt, entity, "BackOff", "back-off")));
  }

  /** The same in another state. */
  public static Incident with(Incident i, State state) {
    boolean over = state == State.RESOLVED;
    return of(
        i.id(),
        i.cluster(),
        state,
        i.openedAt(),
        over ? i.updatedAt() : null,
        i.revision(),
        i.title(),
        i.best().locus(),
        i.timeline());
  }

  /** The same with an action of a person. */
  public static Incident withAction(Incident i, String commandId) {
    List<TimelineEntry> timeline = new ArrayList<>(i.timeline());
    timeline.add(
        new TimelineEntry(
            commandId,
            i.updatedAt(),
            i.updatedAt(),
            1,
            Incident.Source.ACTION,
            i.best().locus(),
            "acknowledge",
            "ada",
            Incident.Role.ACTION,
            null,
            null,
            null,
            null,
            null));
    return of(
        i.id(),
        i.cluster(),
        i.state(),
        i.openedAt(),
        i.resolvedAt(),
        i.revision(),
        i.title(),
        i.best().locus(),
        timeline);
  }

  static Incident revised(Incident i) {
    return of(
        i.id(),
        i.cluster(),
        i.state(),
        i.openedAt(),
        i.resolvedAt(),
        i.revision() + 1,
        i.title(),
        i.best().locus(),
        i.timeline());
  }

  static TimelineEntry entry(String id, Instant at, EntityRef entity, String what, String message) {
    return new TimelineEntry(
        id,
        at,
        at,
        1,
        Incident.Source.KUBERNETES_EVENT,
        entity,
        what,
        message,
        Incident.Role.SYMPTOM,
        null,
        null,
        null,
        null,
        null);
  }

  static Incident of(
      String id,
      String cluster,
      State state,
      Instant openedAt,
      @Nullable Instant resolvedAt,
      int revision,
      String title,
      EntityRef entity,
      List<TimelineEntry> timeline) {
    Instant last = timeline.isEmpty() ? openedAt : timeline.get(timeline.size() - 1).at();
    return new Incident(
        id,
        cluster,
        state,
        Incident.Severity.WARNING,
        title,
        openedAt,
        last,
        openedAt,
        last,
        resolvedAt,
        0,
        state == State.MERGED ? "other" : null,
        revision,
        List.of(
            new Hypothesis(
                1,
                "unknown",
                title,
                entity,
                0.5,
                timeline.stream().map(TimelineEntry::id).toList(),
                List.of(),
                List.of("more evidence"),
                List.of(new Incident.Check("look", null)),
                List.of(),
                List.of())),
        new Impact(
            List.of(
                new Incident.Affected(
                    entity.kind(), entity.namespace(), entity.name(), "affected")),
            0,
            1,
            0),
        timeline,
        Incident.Feed.COMPLETE);
  }
}
