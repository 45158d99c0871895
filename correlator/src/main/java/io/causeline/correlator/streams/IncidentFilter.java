package io.causeline.correlator.streams;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import java.time.Instant;
import java.util.EnumSet;
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

  /** Whether the list shows it; its state and time have been looked at in the index. */
  boolean takes(IndexEntry entry) {
    Incident head = entry.head();
    return takes(clusters, head.cluster())
        && takes(severities, head.severity())
        && takes(causes, head.best().cause())
        && (anyEntity() || entry.entities().stream().anyMatch(this::takes))
        && (entity == null || entry.entities().contains(entity))
        && (text == null || texts(entry).anyMatch(this::holdsText));
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

  private static Stream<String> texts(IndexEntry entry) {
    Incident head = entry.head();
    return Stream.concat(
        Stream.of(head.id(), head.title(), head.best().cause(), head.best().title()),
        entry.entities().stream().map(EntityRef::path));
  }

  private boolean holdsText(String value) {
    return text != null && value.toLowerCase(Locale.ROOT).contains(text);
  }
}
