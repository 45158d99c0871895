package io.causeline.correlator.streams;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents a list shows. Empty sets and nulls take any.
 *
 * @param states never empty
 * @param namespace of one of its entities, as are {@code kind} and {@code name}: all that are given
 *     must hold for the same entity
 * @param entity one of its entities is this very one
 * @param causes ids of which the best hypothesis has one
 * @param since opened then or later
 * @param until opened before then
 * @param text in its id, title, best hypothesis or an entity's name, in any case
 */
public record IncidentFilter(
    Set<String> clusters,
    Set<State> states,
    Set<Severity> severities,
    @Nullable String namespace,
    @Nullable String kind,
    @Nullable String name,
    @Nullable EntityRef entity,
    Set<String> causes,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable String text) {

  /** All states but merged: what a list shows when it is not told. */
  public static final Set<State> ALL_BUT_MERGED =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(State.MERGED)));

  public IncidentFilter {
    clusters = Set.copyOf(clusters);
    states = Set.copyOf(states);
    severities = Set.copyOf(severities);
    causes = Set.copyOf(causes);
    text = text == null ? null : text.toLowerCase(Locale.ROOT);
    if (states.isEmpty()) {
      throw new IllegalArgumentException("no state is asked for");
    }
  }

  /** Whether what the index says of an incident does not rule it out. */
  boolean mayTake(IndexKey key, IndexEntry entry) {
    return takes(clusters, key.cluster())
        && takes(severities, entry.severity())
        && takes(causes, entry.cause());
  }

  /** Whether the list shows it; its time has been looked at in the index. */
  boolean takes(Incident incident) {
    if (!takes(clusters, incident.cluster())
        || !states.contains(incident.state())
        || !takes(severities, incident.severity())
        || !takes(causes, incident.best().cause())) {
      return false;
    }
    if (anyEntity() && entity == null && text == null) {
      return true;
    }
    Set<EntityRef> entities = entities(incident);
    return (anyEntity() || entities.stream().anyMatch(this::takes))
        && (entity == null || entities.contains(entity))
        && (text == null || texts(incident, entities).anyMatch(this::holdsText));
  }

  /** All that it touches, those of its timeline among them. */
  private static Set<EntityRef> entities(Incident incident) {
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
    return entities;
  }

  private static <T> boolean takes(Set<T> wanted, T value) {
    return wanted.isEmpty() || wanted.contains(value);
  }

  private boolean anyEntity() {
    return namespace == null && kind == null && name == null;
  }

  private boolean takes(EntityRef entity) {
    return (namespace == null || namespace.equals(entity.namespace()))
        && (kind == null || kind.equals(entity.kind()))
        && (name == null || name.equals(entity.name()));
  }

  private static Stream<String> texts(Incident head, Set<EntityRef> entities) {
    return Stream.concat(
        Stream.of(head.id(), head.title(), head.best().cause(), head.best().title()),
        entities.stream().map(EntityRef::path));
  }

  private boolean holdsText(String value) {
    return text != null && value.toLowerCase(Locale.ROOT).contains(text);
  }
}
