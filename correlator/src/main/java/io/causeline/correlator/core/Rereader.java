package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries anew when the topology tells more of what they looked at, unless they are so old
 * that they are frozen. That waits until incidents are computed: while a cluster's objects are
 * listed, each of many is one that many entries looked at. A record tells meanwhile that there is
 * something to read: whoever restores finds all read anew that is not frozen.
 */
final class Rereader {

  /** How much earlier than it was seen a state may say that it came about. */
  private static final Duration TOLD_LATE = Duration.ofMinutes(1);

  private final EpisodeStore episodes;
  private final SignalReader reader;
  private final StateEnds stateEnds;
  private final Duration context;

  /** What ended before this is frozen for what is stale now; null while nothing waits. */
  private @Nullable Instant frozen;

  private boolean dirty;

  /** Ids of entries to read anew; true where they looked at the very object. */
  private Map<String, Boolean> stale = new LinkedHashMap<>();

  /** Ids of entries whose states may have ended, or may hold after all. */
  private Set<String> unsettled = new LinkedHashSet<>();

  Rereader(EpisodeStore episodes, SignalReader reader, StateEnds stateEnds, CoreSettings settings) {
    this.episodes = episodes;
    this.reader = reader;
    this.stateEnds = stateEnds;
    this.context = settings.contextWindow();
  }

  /**
   * What must be computed anew.
   *
   * @param concerned with all that they touch
   * @param due by themselves
   */
  record Effect(Set<Episode> concerned, Set<Episode> due) {}

  /**
   * These objects, and groups of them, changed.
   *
   * @param since the earliest time for which the topology may say something else now
   * @return those entries about them that were not over by then
   */
  Set<Episode> touched(Collection<EntityRef> touched, Instant since, Instant now) {
    Instant old = frozen != null ? frozen : now.minus(context);
    Set<Episode> due = new LinkedHashSet<>();
    for (EntityRef entity : touched) {
      for (Episode episode : episodes.visiting(entity)) {
        if (!episode.last().isBefore(old)) {
          // What joins or leaves a group matters only if it makes the entry read differently.
          stale.merge(episode.id(), Scope.mattersAnyway(entity), Boolean::logicalOr);
        }
        if (episode.state().reading().opening() != null) {
          stateEnds.touched(episode, since);
          unsettled.add(episode.id());
        }
      }
      for (Episode episode : episodes.about(entity)) {
        Instant over = episode.state().overAt();
        if (episode.isMember() && (over == null || !since.isAfter(over.plus(TOLD_LATE)))) {
          due.add(episode);
        }
      }
    }
    if (frozen == null && !(stale.isEmpty() && unsettled.isEmpty())) {
      frozen = old;
      dirty = true;
    }
    return due;
  }

  /** True if what {@link #waitingSince} tells is another thing than when this was last asked. */
  boolean takeChanged() {
    boolean was = dirty;
    dirty = false;
    return was;
  }

  /** What is not older than this may have to be read anew; null while nothing waits. */
  @Nullable Instant waitingSince() {
    return frozen;
  }

  /** What is not older than this is read anew with the next call of {@link #settle}. */
  void restore(Instant since) {
    frozen = since;
    for (Episode episode : episodes.all()) {
      if (!episode.last().isBefore(since)) {
        stale.put(episode.id(), true);
      }
      if (episode.state().reading().opening() != null) {
        unsettled.add(episode.id());
      }
    }
  }

  /** Reads anew what is stale. */
  Effect settle(Instant now) {
    Effect effect = new Effect(new LinkedHashSet<>(), new LinkedHashSet<>());
    if (frozen == null) {
      return effect;
    }
    frozen = null;
    dirty = true;
    stale.forEach(
        (id, seen) -> {
          Episode episode = episodes.get(id);
          if (episode != null) {
            boolean member = episode.isMember() && seen;
            if (episodes.reread(episode, reader::read) || member) {
              effect.concerned().add(episode);
            }
          }
        });
    stale = new LinkedHashMap<>();
    for (String id : unsettled) {
      Episode episode = episodes.get(id);
      if (episode != null
          && !Objects.equals(stateEnds.of(episode, now), episode.state().overAt())) {
        effect.due().add(episode);
      }
    }
    unsettled = new LinkedHashSet<>();
    return effect;
  }
}
