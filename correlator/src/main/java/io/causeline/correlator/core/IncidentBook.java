package io.causeline.correlator.core;

import io.causeline.correlator.core.Partitioner.Footprint;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Command;
import io.causeline.model.Hashes;
import io.causeline.model.Incident;
import io.causeline.model.IncidentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which footprint is which incident: ids follow the greatest overlap of entries, the older id wins,
 * and an incident without a footprint of its own was merged. Publishes what changed materially.
 */
final class IncidentBook {

  /** Counts that only grew are published no more often than this. */
  static final Duration MINOR_INTERVAL = Duration.ofSeconds(10);

  private final String cluster;
  private final CoreSettings settings;
  private final Healing healing;
  private final IncidentWriter writer;
  private final Map<String, Head> heads = new TreeMap<>();
  private final Map<String, Head> headOfEpisode = new HashMap<>();
  private final Map<String, Head> mergedHeadOfEpisode = new HashMap<>();
  private final Set<Head> ruled = new LinkedHashSet<>();
  private final EpisodeStore episodes;
  private final Knowledge knowledge;
  private final Structure.Ranker ranker;

  /** Since when a split or a merge is seen that must prove first that it holds, by its hash. */
  private final Map<String, Instant> structurePending = new HashMap<>();

  private final Dirty<String> dirtyPending = new Dirty<>();
  private final Dirty<String> dirty = new Dirty<>();
  private final Dirty<String> dirtyMembers = new Dirty<>();

  IncidentBook(
      String cluster,
      CoreSettings settings,
      Healing healing,
      IncidentWriter writer,
      EpisodeStore episodes,
      Knowledge knowledge,
      Structure.Ranker ranker) {
    this.ranker = ranker;
    this.episodes = episodes;
    this.knowledge = knowledge;
    this.cluster = cluster;
    this.settings = settings;
    this.healing = healing;
    this.writer = writer;
  }

  /**
   * What an update brought.
   *
   * @param published incidents with a new revision
   * @param next when these footprints must be looked at again; null if only a signal can change
   *     them
   */
  record Update(List<Incident> published, @Nullable Instant next) {}

  /** Ids of all episodes of the incidents that hold any of these. */
  Set<String> fellows(Collection<Episode> members) {
    Set<Head> heads = new LinkedHashSet<>();
    for (Episode member : members) {
      Head head = headOfEpisode.get(member.id());
      if (head != null) {
        heads.add(head);
      }
    }
    Set<String> ids = new LinkedHashSet<>();
    heads.forEach(head -> ids.addAll(head.members()));
    return ids;
  }

  /**
   * An entry is none any more: what opened it turned out not to be so. An incident that loses its
   * last entry is closed, and remembered only for those who saw it.
   *
   * @return ids of the other entries of its incident
   */
  Set<String> lose(String episodeId, Instant now, List<Incident> published) {
    Head head = headOfEpisode.get(episodeId);
    if (head == null) {
      return Set.of();
    }
    leave(episodeId, head);
    Set<String> left = new LinkedHashSet<>(head.members());
    left.remove(episodeId);
    head.members(left);
    dirty.add(head.id());
    Incident last = head.published();
    if (left.isEmpty() && last != null) {
      published.add(revise(head, writer.withdrawn(last, now)));
    }
    return left;
  }

  /** Ids of all entries that belong to an incident. */
  Set<String> held() {
    return new TreeSet<>(headOfEpisode.keySet());
  }

  /** The id of the incident that the entry belongs to; null if it belongs to none. */
  @Nullable String incidentOf(Episode episode) {
    Head head = headOfEpisode.get(episode.id());
    return head == null ? null : head.id();
  }

  /** Whether the entry belongs to an incident. */
  boolean holds(Episode episode) {
    return headOfEpisode.containsKey(episode.id());
  }

  Update update(List<Footprint> footprints, Instant now) {
    List<Incident> published = new ArrayList<>();
    Instant next = null;
    Structure structure = new Structure(footprints, headOfEpisode, mergedHeadOfEpisode, ranker);
    List<Structure.Placed> placed = structure.asFound();
    Optional<String> change = structure.change();
    if (change.isPresent()) {
      String seen = Hashes.id(change.get());
      Instant due = pendingSince(seen, now).plus(settings.structureHold());
      if (due.isAfter(now) && !structure.isByPerson()) {
        placed = structure.asBefore();
        next = due;
      } else {
        structurePending.remove(seen);
        dirtyPending.add(seen);
        for (Structure.Merge merge : structure.merges()) {
          merge(merge, now, published);
        }
      }
    }
    for (Structure.Placed place : placed) {
      Footprint footprint = place.footprint();
      Life life = Life.of(footprint.members(), healing, settings, now);
      next = Times.earliest(next, life.next());
      Head head = place.head();
      if (head == null) {
        Instant opensAt = life.opensAt() == null ? footprint.ruledAt() : life.opensAt();
        if (opensAt == null) {
          continue;
        }
        head = open(footprint, opensAt);
      } else if (isRefuted(head, footprint, life, now)) {
        withdraw(head, now, published);
        continue;
      }
      remember(head, footprint.members());
      Optional<Instant> again = publish(head, footprint, life, now, published);
      next = Times.earliest(next, again.orElse(null));
    }
    return new Update(published, next);
  }

  private Instant pendingSince(String change, Instant now) {
    Instant since = structurePending.putIfAbsent(change, now);
    if (since == null) {
      dirtyPending.add(change);
    }
    return since == null ? now : since;
  }

  /**
   * Whether what came late shows that it would never have opened: what its entries waited for had
   * healed in time. What people decided about stands, and so does what is frozen.
   */
  private boolean isRefuted(Head head, Footprint footprint, Life life, Instant now) {
    Instant frozen = now.minus(settings.contextWindow());
    return life.opensAt() == null
        && footprint.ruledAt() == null
        && head.rulings().isEmpty()
        && footprint.members().stream()
            .noneMatch(
                member ->
                    member.first().plus(member.state().reading().openAfter()).isBefore(frozen));
  }

  private void withdraw(Head head, Instant now, List<Incident> published) {
    head.members().forEach(id -> leave(id, head));
    head.members(Set.of());
    dirty.add(head.id());
    Incident last = head.published();
    if (last != null) {
      published.add(revise(head, writer.withdrawn(last, now)));
    }
  }

  private void merge(Structure.Merge merge, Instant now, List<Incident> published) {
    Head head = merge.head();
    Incident last = head.published();
    head.members().forEach(id -> leave(id, head));
    head.had(head.members());
    head.had().forEach(id -> mergedHeadOfEpisode.put(id, head));
    head.members(Set.of());
    dirty.add(head.id());
    if (last != null) {
      published.add(revise(head, writer.merged(last, merge.into().id(), now)));
    }
  }

  /** A new incident, or the one that these entries had before it was merged. */
  private Head open(Footprint footprint, Instant opensAt) {
    Map<Head, Integer> before = new LinkedHashMap<>();
    for (Episode member : footprint.members()) {
      Head merged = mergedHeadOfEpisode.get(member.id());
      if (merged != null && merged.members().isEmpty() && !merged.isGivenUp()) {
        before.merge(merged, 1, Integer::sum);
      }
    }
    Head revived =
        before.entrySet().stream()
            .max(
                Map.Entry.<Head, Integer>comparingByValue()
                    .thenComparing(e -> e.getKey().id(), Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .orElse(null);
    if (revived != null) {
      revived.had().forEach(id -> mergedHeadOfEpisode.remove(id, revived));
      revived.had(Set.of());
      dirty.add(revived.id());
      return revived;
    }
    Episode first = footprint.members().get(0);
    String id = IncidentId.of(cluster, first.id());
    Head withdrawn = heads.get(id);
    if (withdrawn != null && withdrawn.isWithdrawn()) {
      return withdrawn;
    }
    for (int i = 2; heads.containsKey(id); i++) {
      id = IncidentId.of(cluster, first.id() + "/" + i);
    }
    Head head = new Head(id, opensAt);
    heads.put(id, head);
    return head;
  }

  private void remember(Head head, List<Episode> members) {
    Set<String> ids = new LinkedHashSet<>();
    members.forEach(member -> ids.add(member.id()));
    if (!ids.equals(head.members())) {
      for (String id : head.members()) {
        if (!ids.contains(id)) {
          leave(id, head);
        }
      }
      head.members(ids);
    }
    for (String id : ids) {
      if (headOfEpisode.get(id) != head) {
        headOfEpisode.put(id, head);
        dirtyMembers.add(id);
      }
    }
  }

  private void leave(String episodeId, Head head) {
    if (headOfEpisode.remove(episodeId, head)) {
      dirtyMembers.add(episodeId);
    }
  }

  /** Publishes if anything changed; returns when a change of mere counts is due. */
  private Optional<Instant> publish(
      Head head, Footprint footprint, Life life, Instant now, List<Incident> out) {
    Incident last = head.published();
    Decisions decisions = Decisions.of(life, head.commands(), footprint.members());
    boolean back = head.isResolved() && decisions.state() != Incident.State.RESOLVED;
    int reopened = (last == null ? 0 : last.reopened()) + (back ? 1 : 0);
    Incident current = writer.write(head, footprint, decisions, life.flapping(), reopened, now);
    if (last != null) {
      Changed changed = Changed.between(last, current);
      if (changed == Changed.NOTHING) {
        return Optional.empty();
      }
      Instant due = last.updatedAt().plus(MINOR_INTERVAL);
      if (changed == Changed.COUNTS && due.isAfter(now)) {
        return Optional.of(due);
      }
    }
    out.add(revise(head, current));
    return Optional.empty();
  }

  private Incident revise(Head head, Incident current) {
    Incident last = head.published();
    Incident revised = Revisions.with(current, last == null ? 1 : last.revision() + 1);
    if (last == null) {
      dirty.add(head.id());
    }
    head.published(revised);
    return revised;
  }

  /**
   * Takes a command.
   *
   * @return empty if there is no such incident; else whether it is news
   */
  Optional<Boolean> command(Command command, Instant now, List<Incident> published) {
    Head head = heads.get(command.incidentId());
    if (head == null || head.published() == null) {
      return Optional.empty();
    }
    if (head.commands().stream().anyMatch(known -> known.id().equals(command.id()))) {
      return Optional.of(false);
    }
    if (Judgement.isNeeded(command)) {
      Optional<Ruling> ruling = Judgement.of(command, head, heads, episodes, knowledge);
      if (ruling.isEmpty()) {
        return Optional.empty();
      }
      rule(head, ruling.get());
    }
    head.add(command);
    dirty.add(head.id());
    if (head.members().isEmpty()) {
      Incident last = head.published();
      Decisions decisions = new Decisions(last.state(), last.resolvedAt());
      published.add(revise(head, writer.commented(last, decisions, head.commands(), now)));
    }
    return Optional.of(true);
  }

  /** A later word outranks an earlier one that says the contrary. */
  private void rule(Head head, Ruling ruling) {
    boolean takesBack = ruling.kind() == Ruling.Kind.APART && head.isMerged() && head.isGivenUp();
    if (takesBack) {
      head.rulings().removeIf(earlier -> earlier.kind() == Ruling.Kind.TOGETHER);
    }
    for (Head other : List.copyOf(ruled)) {
      if (other.rulings().removeIf(earlier -> Judgement.contrary(ruling, earlier))) {
        dirty.add(other.id());
      }
      if (other.rulings().isEmpty()) {
        ruled.remove(other);
      }
    }
    if (!takesBack) {
      head.rulings().add(ruling);
      ruled.add(head);
    }
    dirty.add(head.id());
  }

  /** What people decided about any incident that is remembered. */
  Rulings rulings() {
    List<Ruling> all = new ArrayList<>();
    ruled.forEach(head -> all.addAll(head.rulings()));
    return new Rulings(all);
  }

  /** Ids of the entries that must be judged anew after this command. */
  Set<String> concernedBy(Command command) {
    Set<String> ids = new TreeSet<>();
    Head head = heads.get(command.incidentId());
    if (head != null) {
      ids.addAll(head.members());
      ids.addAll(head.had());
    }
    Command.About about = command.about();
    Head into = about == null || about.into() == null ? null : heads.get(about.into());
    if (into != null) {
      ids.addAll(into.members());
    }
    return ids;
  }

  /**
   * All that are remembered, as last published, in the order of opening; not those that turned out
   * to be none.
   */
  List<Incident> incidents() {
    List<Incident> out = new ArrayList<>();
    for (Head head : heads.values()) {
      if (head.published() != null && !head.isWithdrawn()) {
        out.add(head.published());
      }
    }
    out.sort(Comparator.comparing(Incident::openedAt).thenComparing(Incident::id));
    return out;
  }

  /** Forgets what was over long ago; returns the ids of the entries that nobody needs any more. */
  Set<String> forget(Instant now) {
    structurePending
        .entrySet()
        .removeIf(
            pending -> {
              boolean old = pending.getValue().plus(settings.contextWindow()).isBefore(now);
              if (old) {
                dirtyPending.add(pending.getKey());
              }
              return old;
            });
    Set<String> free = new TreeSet<>();
    Instant horizon = now.minus(settings.forgetAfter());
    heads
        .values()
        .removeIf(
            head -> {
              Incident last = head.published();
              Instant ended =
                  last == null || last.state().active()
                      ? null
                      : last.resolvedAt() != null ? last.resolvedAt() : last.updatedAt();
              if (ended == null || ended.isAfter(horizon)) {
                return false;
              }
              free.addAll(head.members());
              head.members().forEach(id -> leave(id, head));
              head.had().forEach(id -> mergedHeadOfEpisode.remove(id, head));
              ruled.remove(head);
              dirty.add(head.id());
              return true;
            });
    return free;
  }

  Map<String, Optional<Head.State>> takeDirty() {
    return dirty.take(id -> Optional.ofNullable(heads.get(id)).map(Head::state));
  }

  /** Which incident an entry belongs to, where that changed since the last call; or to none. */
  Map<String, Optional<String>> takeDirtyMembers() {
    return dirtyMembers.take(id -> Optional.ofNullable(headOfEpisode.get(id)).map(Head::id));
  }

  /** Since when a change of structure is pending, where that changed since the last call. */
  Map<String, Optional<Instant>> takeDirtyPending() {
    return dirtyPending.take(change -> Optional.ofNullable(structurePending.get(change)));
  }

  /** Takes in since when a change of structure is pending. */
  void restorePending(String change, Instant since) {
    structurePending.put(change, since);
  }

  /**
   * Takes an incident in as it was stored.
   *
   * @param published its latest snapshot; null if none has left yet
   */
  void restore(Head.State state, @Nullable Incident published) {
    Head head = new Head(state, published);
    heads.put(head.id(), head);
    if (head.isMerged()) {
      head.had().forEach(id -> mergedHeadOfEpisode.put(id, head));
    }
    if (!head.rulings().isEmpty()) {
      ruled.add(head);
    }
  }

  /** Takes in which incident an entry belongs to; after the incidents themselves. */
  void restoreMember(String episodeId, String incidentId) {
    Head head = heads.get(incidentId);
    if (head == null) {
      throw new IllegalStateException(
          "entry " + episodeId + " belongs to incident " + incidentId + ", which is not stored");
    }
    headOfEpisode.put(episodeId, head);
    head.addMember(episodeId);
  }
}
