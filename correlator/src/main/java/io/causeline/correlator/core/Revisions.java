package io.causeline.correlator.core;

import io.causeline.model.Incident;
import io.causeline.model.Incident.TimelineEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies of an incident with another revision or other times. */
final class Revisions {

  private Revisions() {}

  static Incident with(Incident i, int revision) {
    return copy(i, i.lastSignalAt(), i.updatedAt(), revision, i.timeline());
  }

  static Incident copy(
      Incident i,
      Instant lastSignalAt,
      Instant updatedAt,
      int revision,
      @Nullable List<TimelineEntry> timeline) {
    return new Incident(
        i.id(),
        i.cluster(),
        i.state(),
        i.severity(),
        i.title(),
        i.firstSignalAt(),
        lastSignalAt,
        i.openedAt(),
        updatedAt,
        i.resolvedAt(),
        i.reopened(),
        i.mergedInto(),
        revision,
        i.hypotheses(),
        i.impact(),
        timeline,
        i.feed());
  }
}
