package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.correlator.knowledge.Weight;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident.Source;
import io.causeline.model.KubernetesEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All episodes that are remembered, found by what they are about and what they speak for. */
final class EpisodeStore {

  private final Map<String, Episode> byId = new HashMap<>();
  private final Index<String> byKey = new Index<>();
  private final Index<EntityRef> byEntity = new Index<>();
  private final Index<EntityRef> byVisited = new Index<>();
  private final Index<Vote.Hypothesis> byHypothesis = new Index<>();

  /** The few of {@link #byHypothesis} that tell of a recovery. */
  private final Index<Vote.Hypothesis> byRecovery = new Index<>();

  /** Those of {@link #byHypothesis} that carry what links entries at a shared place. */
  private final Index<Vote.Hypothesis> bySharedEvidence = new Index<>();

  /** Those of {@link #byHypothesis} that open nothing by themselves. */
  private final Index<Vote.Hypothesis> byContext = new Index<>();

  private final Index<EntityRef> byLocus = new Index<>();
  private final Index<String> byPlacelessCause = new Index<>();
  private final Map<String, Spoken> byUid = new HashMap<>();
  private final Dirty<String> dirty = new Dirty<>();
  private final Dirty<Seen> dirtySeen = new Dirty<>();

  /** Stored sightings of entries that are not restored yet. */
  private final Map<String, Map<String, Unpacked>> early = new HashMap<>();

  /** A record of an entry's sightings. */
  record Seen(String episode, String uid) {}

  /** What an Event said when it was last read, and the entry that it is part of. */
  record Spoken(
      Episode episode, String message, @Nullable String component, Optional<EventFacts.Fact> fact) {

    private boolean isRepeatedBy(KubernetesEvent event) {
      return event.message().equals(message)
          && event.warning() == episode.state().warning()
          && event.reason().equals(episode.state().what())
          && event.entity().equals(episode.entity())
          && Objects.equals(event.component(), component);
    }
  }

  /** An inverted index: of each key its entry, or an {@link EpisodeSet} of several. */
  private static final class Index<K> {
    private final Map<K, Object> found = new HashMap<>();

    void add(K key, Episode episode) {
      Object before = found.putIfAbsent(key, episode);
      if (before instanceof Episode one && one != episode) {
        Set<Episode> both = new EpisodeSet();
        both.add(one);
        both.add(episode);
        found.put(key, both);
      } else if (before instanceof EpisodeSet set) {
        set.add(episode);
      }
    }

    void remove(K key, Episode episode) {
      Object before = found.get(key);
      if (before == episode) {
        found.remove(key);
      } else if (before instanceof EpisodeSet set) {
        set.remove(episode);
        if (set.isEmpty()) {
          found.remove(key);
        }
      }
    }

    Set<Episode> get(K key) {
      Object here = found.get(key);
      return here instanceof EpisodeSet set
          ? set
          : here instanceof Episode one ? Set.of(one) : Set.of();
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
   * What an Event of this uid said before, if these are the very words and it is one more time of
   * that entry; null where that takes a closer look.
   */
  @Nullable Spoken repeated(KubernetesEvent event) {
    Spoken known = byUid.get(event.uid());
    if (known == null || !known.isRepeatedBy(event)) {
      return null;
    }
    Episode episode = known.episode();
    Duration quiet = episode.state().quiet();
    return byKey.get(episode.key()).size() == 1
            && !event.at().isBefore(episode.first())
            && !event.at().isAfter(episode.last().plus(quiet))
        ? known
        : null;
  }

  /** Remembers what was said, so that its repeats are known at a glance. */
  void said(KubernetesEvent event, Episode episode, Optional<EventFacts.Fact> fact) {
    String message = episode.state().message();
    byUid.put(
        event.uid(),
        new Spoken(
            episode,
            message.equals(event.message()) ? message : event.message(),
            event.component(),
            fact));
  }

  /** One more time of what {@link #repeated} found; true if it tells anything new. */
  boolean repeat(Episode episode, KubernetesEvent event) {
    Instant over = episode.state().overAt();
    boolean news = episode.repeat(event.uid(), event.count(), event.at());
    if (news) {
      dirtySeen.add(new Seen(episode.id(), event.uid()));
    }
    if (!Objects.equals(over, episode.state().overAt())) {
      dirty.add(episode.id());
    }
    return news;
  }

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
    Episode.State before = into.state();
    String message = before.message();
    Episode.Alert alert = before.alert();
    boolean news = into.absorb(fresh);
    if (news) {
      seen(into, fresh);
    }
    for (Episode other : absorbed) {
      into.absorb(other);
      remove(other);
      seen(into, other);
      news = true;
    }
    if (news) {
      if (!into.state().equals(before)) {
        dirty.add(into.id());
      }
      Episode.Alert now = into.state().alert();
      boolean began = now != null && alert != null && now.fired() && !alert.fired();
      if (began || !into.state().message().equals(message)) {
        reread(into, reader);
      }
    }
    return new Observed(into, true, news, List.copyOf(absorbed));
  }

  /** The sightings that came from another entry are to be stored as this one's. */
  private void seen(Episode episode, Episode from) {
    from.sightings().records().forEach(uid -> dirtySeen.add(new Seen(episode.id(), uid)));
  }

  private static boolean isNear(Episode known, Episode fresh) {
    return switch (known.source()) {
      case KUBERNETES_EVENT -> {
        Duration quiet = known.state().quiet();
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
    if (!Objects.equals(episode.state().overAt(), at)) {
      episode.over(at);
      dirty.add(episode.id());
    }
  }

  private void put(Episode episode) {
    index(episode);
    dirty.add(episode.id());
    seen(episode, episode);
  }

  private void index(Episode episode) {
    byId.put(episode.id(), episode);
    byKey.add(episode.key(), episode);
    byEntity.add(episode.entity(), episode);
    indexReading(episode);
  }

  void remove(Episode episode) {
    byId.remove(episode.id());
    for (String uid : episode.sightings().uids()) {
      Spoken spoken = byUid.get(uid);
      if (spoken != null && spoken.episode() == episode) {
        byUid.remove(uid);
      }
    }
    byKey.remove(episode.key(), episode);
    byEntity.remove(episode.entity(), episode);
    unindexReading(episode);
    dirty.add(episode.id());
    seen(episode, episode);
  }

  private void indexReading(Episode episode) {
    boolean context = isContext(episode);
    for (Vote vote : episode.votes()) {
      byHypothesis.add(vote.hypothesis(), episode);
      if (context && weighs(vote)) {
        byContext.add(vote.hypothesis(), episode);
      }
      byLocus.add(vote.locus(), episode);
      if (vote.role() == Role.RECOVERY) {
        byRecovery.add(vote.hypothesis(), episode);
      }
      if (isSharedEvidence(vote)) {
        bySharedEvidence.add(vote.hypothesis(), episode);
      }
      if (bearsOnPlaceless(vote)) {
        byPlacelessCause.add(vote.cause(), episode);
      }
    }
    episode.state().reading().visited().forEach(entity -> byVisited.add(entity, episode));
  }

  private void unindexReading(Episode episode) {
    for (Vote vote : episode.votes()) {
      byHypothesis.remove(vote.hypothesis(), episode);
      byContext.remove(vote.hypothesis(), episode);
      byLocus.remove(vote.locus(), episode);
      byRecovery.remove(vote.hypothesis(), episode);
      bySharedEvidence.remove(vote.hypothesis(), episode);
      if (bearsOnPlaceless(vote)) {
        byPlacelessCause.remove(vote.cause(), episode);
      }
    }
    episode.state().reading().visited().forEach(entity -> byVisited.remove(entity, episode));
  }

  /** Whether it moves a score; a state of the place does so only for entries of an incident. */
  private static boolean weighs(Vote vote) {
    return !vote.state() && (vote.supports() || vote.role() == Role.AGAINST);
  }

  /** A change or a normal event; not an alert of which only the resolve was seen. */
  private static boolean isContext(Episode episode) {
    return !episode.isMember() && episode.source() != Source.ALERT;
  }

  private static boolean isSharedEvidence(Vote vote) {
    String kind = vote.locus().kind();
    return Kinds.SHARED.contains(kind) && vote.evidence(Kinds.neededToLink(kind));
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

  /** Changes and normal events that speak for or against this hypothesis and open nothing. */
  Set<Episode> contextOn(Vote.Hypothesis hypothesis) {
    return byContext.get(hypothesis);
  }

  /** Those that say that this is over. */
  Set<Episode> recoveries(Vote.Hypothesis hypothesis) {
    return byRecovery.get(hypothesis);
  }

  /** Those that carry evidence enough to link others by this hypothesis of a shared place. */
  Set<Episode> sharedEvidence(Vote.Hypothesis hypothesis) {
    return bySharedEvidence.get(hypothesis);
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
    return dirty.take(id -> Optional.ofNullable(byId.get(id)).map(Episode::state));
  }

  /** The sightings that changed since the last call; empty for what is forgotten. */
  Map<Seen, Optional<byte[]>> takeDirtySightings() {
    return dirtySeen.take(
        seen ->
            Optional.ofNullable(byId.get(seen.episode()))
                .map(episode -> episode.sightings().pack(seen.uid())));
  }

  /** Takes an entry in as it was stored; its sightings may come before or after. */
  void restore(Episode.State state) {
    Episode episode = new Episode(state, new Sightings(state.first()));
    Map<String, Unpacked> waiting = early.remove(episode.id());
    if (waiting != null) {
      waiting.forEach(episode.sightings()::unpack);
    }
    index(episode);
  }

  void restore(Seen seen, Unpacked stored) {
    Episode episode = byId.get(seen.episode());
    if (episode == null) {
      early.computeIfAbsent(seen.episode(), e -> new HashMap<>()).put(seen.uid(), stored);
    } else {
      episode.sightings().unpack(seen.uid(), stored);
    }
  }
}
