package io.causeline.correlator.streams;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a list needs of an incident, without its timeline.
 *
 * @param head the incident without its timeline
 * @param entities all that it touches, those of its timeline among them
 */
public record IndexEntry(Incident head, List<EntityRef> entities) {

  public IndexEntry {
    entities = List.copyOf(entities);
  }

  static IndexEntry of(Incident incident) {
    Set<EntityRef> entities = new LinkedHashSet<>();
    incident.hypotheses().forEach(h -> entities.add(h.locus()));
    incident
        .impact()
        .entities()
        .forEach(e -> entities.add(EntityRef.of(e.kind(), e.namespace(), e.name())));
    List<Incident.TimelineEntry> timeline = incident.timeline();
    if (timeline != null) {
      timeline.forEach(e -> entities.add(e.entity()));
    }
    return new IndexEntry(incident.withoutTimeline(), List.copyOf(entities));
  }
}
