package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.correlator.knowledge.Weight;
import io.causeline.model.EntityRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All episodes that are remembered, found by what they are about and what they speak for. */
final class EpisodeStore {

  private final Map<String, Episode> byId = new HashMap<>();
  private final Index<String> byKey = new Index<>();
  private final Index<EntityRef> byEntity = new Index<>();
  private final Index<EntityRef> byVisited = new Index<>();
  private final Index<Vote.Hypothesis> byHypothesis = new Index<>();
  private final Index<EntityRef> byLocus = new Index<>();
  private final Index<String> byPlacelessCause = new Index<>();
  private final Set<String> dirty = new LinkedHashSet<>();

  /** An inverted index. */
  private static final class Index<K> {
    private final Map<K, Set<Episode>> sets = new HashMap<>();

    void add(K key, Episode episode) {
      sets.computeIfAbsent(key, k -> new LinkedHashSet<>(4)).add(episode);
    }

    void remove(K key, Episode episode) {
      Set<Episode> set = sets.get(key);
      if (set != null) {
        set.remove(episode);
        if (set.isEmpty()) {
          sets.remove(key);
        }
      }
    }

    Set<Episode> get(K key) {
      return sets.getOrDefault(key, Set.of());
    }
  }

  /**
   * What came of an observation.
   *
   * @param episode the one that it is now part of
   * @param known whether that was there before
   * @param news whether it tells anything new
   * @param absorbed other episodes that it joined into this one
   */
  record Observed(Episode episode, boolean known, boolean news, List<Episode> absorbed) {}

  /**
   * Adds a stretch of one thing. Stretches that lie no further apart than the quiet time are one;
   * this depends only on the times, never on the order in which they come.
   *
   * @param reader called when the episode is new or its words changed
   */
  Observed observe(Episode fresh, Function<Episode, Reading> reader) {
    List<Episode> near = new ArrayList<>();
    for (Episode known : byKey.get(fresh.key())) {
      if (isNear(known, fresh)) {
        near.add(known);
      }
    }
    near.sort(java.util.Comparator.comparing(Episode::first).thenComparing(Episode::id));
    if (near.isEmpty()) {
      fresh.read(reader.apply(fresh));
      put(fresh);
      return new Observed(fresh, false, true, List.of());
    }
    Episode into = near.get(0);
    List<Episode> absorbed = near.subList(1, near.size());
    String message = into.state().message();
    Episode.Alert alert = into.state().alert();
    boolean news = into.absorb(fresh);
    for (Episode other : absorbed) {
      into.absorb(other);
      remove(other);
      news = true;
    }
    if (news) {
      dirty.add(into.id());
      Episode.Alert now = into.state().alert();
      boolean began = now != null && alert != null && now.fired() && !alert.fired();
      if (began || !into.state().message().equals(message)) {
        reread(into, reader);
      }
    }
    return new Observed(into, true, news, List.copyOf(absorbed));
  }

  private static boolean isNear(Episode known, Episode fresh) {
    return switch (known.source()) {
      case KUBERNETES_EVENT -> {
        java.time.Duration quiet = known.state().quiet();
        yield !fresh.first().isAfter(known.last().plus(quiet))
            && !known.first().isAfter(fresh.last().plus(quiet));
      }
      case ALERT -> known.first().equals(fresh.first());
      case CHANGE, ACTION -> true;
    };
  }

  /** Reads it again; true if it reads differently. */
  boolean reread(Episode episode, Function<Episode, Reading> reader) {
    Reading reading = reader.apply(episode);
    if (reading.equals(episode.state().reading())) {
      return false;
    }
    unindexReading(episode);
    episode.read(reading);
    indexReading(episode);
    dirty.add(episode.id());
    return true;
  }

  /** Remembers when it was over. */
  void over(Episode episode, @Nullable Instant at) {
    if (!java.util.Objects.equals(episode.state().overAt(), at)) {
      episode.over(at);
      dirty.add(episode.id());
    }
  }

  private void put(Episode episode) {
    byId.put(episode.id(), episode);
    byKey.add(episode.key(), episode);
    byEntity.add(episode.entity(), episode);
    indexReading(episode);
    dirty.add(episode.id());
  }

  void remove(Episode episode) {
    byId.remove(episode.id());
    byKey.remove(episode.key(), episode);
    byEntity.remove(episode.entity(), episode);
    unindexReading(episode);
    dirty.add(episode.id());
  }

  private void indexReading(Episode episode) {
    for (Vote vote : episode.votes()) {
      byHypothesis.add(vote.hypothesis(), episode);
      byLocus.add(vote.locus(), episode);
      if (bearsOnPlaceless(vote)) {
        byPlacelessCause.add(vote.cause(), episode);
      }
    }
    episode.state().reading().visited().forEach(entity -> byVisited.add(entity, episode));
  }

  private void unindexReading(Episode episode) {
    for (Vote vote : episode.votes()) {
      byHypothesis.remove(vote.hypothesis(), episode);
      byLocus.remove(vote.locus(), episode);
      if (bearsOnPlaceless(vote)) {
        byPlacelessCause.remove(vote.cause(), episode);
      }
    }
    episode.state().reading().visited().forEach(entity -> byVisited.remove(entity, episode));
  }

  private static boolean bearsOnPlaceless(Vote vote) {
    return Kinds.PLACED.contains(vote.locus().kind())
        && (vote.hypothesis().somewhere()
            || (vote.role() == Role.EVIDENCE && vote.weight() == Weight.STRONG && !vote.state()));
  }

  @Nullable Episode get(String id) {
    return byId.get(id);
  }

  Collection<Episode> all() {
    return byId.values();
  }

  Set<Episode> withKey(String key) {
    return byKey.get(key);
  }

  Set<Episode> about(EntityRef entity) {
    return byEntity.get(entity);
  }

  /** Those whose reading looked at this object. */
  Set<Episode> visiting(EntityRef entity) {
    return byVisited.get(entity);
  }

  /** Those of which a cause would sit here. */
  Set<Episode> at(EntityRef locus) {
    return byLocus.get(locus);
  }

  /** Those that say anything about this hypothesis. */
  Set<Episode> on(Vote.Hypothesis hypothesis) {
    return byHypothesis.get(hypothesis);
  }

  /**
   * Those that name this cause at a place of some node that is not known, and those that carry
   * strong evidence for it at one that is.
   */
  Set<Episode> onPlaceless(String cause) {
    return byPlacelessCause.get(cause);
  }

  /** Those that changed since the last call; empty for what is forgotten. */
  Map<String, Optional<Episode.State>> takeDirty() {
    Map<String, Optional<Episode.State>> out = new TreeMap<>();
    for (String id : dirty) {
      out.put(id, Optional.ofNullable(byId.get(id)).map(Episode::state));
    }
    dirty.clear();
    return out;
  }

  void restore(Episode.State state) {
    Episode episode = new Episode(state);
    put(episode);
    dirty.remove(episode.id());
  }
}
