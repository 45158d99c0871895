package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided about the structure of incidents, as it was understood when it arrived. It
 * outranks the algorithm for as long as its incident is remembered.
 *
 * @param commandId of the command
 * @param at when it was decided
 * @param entries ids of the entries that it is about
 * @param keys what kinds of entries it is about, also later ones
 * @param other the incident that goes on; null unless {@link Kind#TOGETHER}
 * @param cause null unless one was confirmed or rejected
 * @param locus its place
 */
record Ruling(
    String commandId,
    Instant at,
    Kind kind,
    Set<String> entries,
    Set<String> keys,
    @Nullable String other,
    @Nullable String cause,
    @Nullable EntityRef locus) {

  /** What was decided. */
  enum Kind {
    /** These entries have one cause. */
    TOGETHER,
    /** These entries have a cause of their own. */
    APART,
    CONFIRMED,
    REJECTED
  }

  Ruling {
    entries = Set.copyOf(entries);
    keys = Set.copyOf(keys);
  }

  /** Whether it is about this entry. */
  boolean concerns(Episode episode) {
    return entries.contains(episode.id()) || keys.contains(episode.key());
  }

  /** A confirmed or rejected hypothesis. */
  static Ruling about(
      Kind kind, String commandId, Instant at, Set<String> entries, String cause, EntityRef locus) {
    return new Ruling(commandId, at, kind, entries, Set.of(), null, cause, locus);
  }

  /** What was confirmed or rejected; null otherwise. */
  Vote.@Nullable Hypothesis hypothesis() {
    return cause == null || locus == null ? null : new Vote.Hypothesis(cause, locus);
  }
}
