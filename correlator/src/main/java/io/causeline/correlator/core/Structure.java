package io.causeline.correlator.core;

import io.causeline.correlator.core.Partitioner.Footprint;
import io.causeline.model.Command;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How footprints lie over the incidents that are remembered: each incident follows the footprint
 * that holds most of its entries, the older incident first. What then has no incident was split
 * off; an incident without a footprint was merged.
 */
final class Structure {

  /** A footprint and its incident; null for a new one. */
  record Placed(Footprint footprint, @Nullable Head head) {}

  /** An incident whose entries another one's footprint holds. */
  record Merge(Head head, Head into) {}

  private final List<Footprint> footprints;
  private final Map<String, Head> headOfEpisode;
  private final Map<Footprint, Head> heads = new LinkedHashMap<>();
  private final Map<Head, Footprint> swallowed = new LinkedHashMap<>();
  private final Map<Footprint, Head> torn = new LinkedHashMap<>();
  private final Map<String, Head> mergedHeadOfEpisode;
  private final Ranker ranker;

  /** Ranks the hypotheses of some of a component's entries. */
  interface Ranker {
    List<Scorer.Scored> rank(Component component, List<Episode> members);
  }

  /**
   * Lays them over each other.
   *
   * @param mergedHeadOfEpisode which merged incident an entry had before: where such entries stand
   *     alone again, they are that incident's, not a part of the one that had taken it over
   */
  Structure(
      List<Footprint> footprints,
      Map<String, Head> headOfEpisode,
      Map<String, Head> mergedHeadOfEpisode,
      Ranker ranker) {
    this.ranker = ranker;
    this.mergedHeadOfEpisode = mergedHeadOfEpisode;
    this.footprints = footprints;
    this.headOfEpisode = headOfEpisode;
    record Overlap(Footprint footprint, Head head, int count, int own) {}
    List<Overlap> overlaps = new ArrayList<>();
    for (Footprint footprint : footprints) {
      Map<Head, Integer> counts = new LinkedHashMap<>();
      Map<Head, Integer> own = new LinkedHashMap<>();
      for (Episode member : footprint.members()) {
        Head head = headOfEpisode.get(member.id());
        if (head != null) {
          counts.merge(head, 1, Integer::sum);
          own.merge(head, mergedHeadOfEpisode.containsKey(member.id()) ? 0 : 1, Integer::sum);
        }
      }
      counts.forEach(
          (head, count) ->
              overlaps.add(new Overlap(footprint, head, count, own.getOrDefault(head, 0))));
    }
    overlaps.sort(
        Comparator.comparing((Overlap o) -> o.head().isGivenUp())
            .thenComparing(o -> -o.own())
            .thenComparing(o -> -o.count())
            .thenComparing(o -> o.head().openedAt())
            .thenComparing(o -> o.head().id()));
    Set<Head> taken = new LinkedHashSet<>();
    for (Overlap overlap : overlaps) {
      if (!heads.containsKey(overlap.footprint()) && taken.add(overlap.head())) {
        heads.put(overlap.footprint(), overlap.head());
      }
    }
    for (Overlap overlap : overlaps) {
      if (!taken.contains(overlap.head())) {
        swallowed.putIfAbsent(overlap.head(), overlap.footprint());
      }
      if (!heads.containsKey(overlap.footprint())) {
        torn.putIfAbsent(overlap.footprint(), overlap.head());
      }
    }
  }

  /** Names the splits and merges that would follow; empty if there is none. */
  Optional<String> change() {
    Set<String> words = new TreeSet<>();
    swallowed.forEach(
        (head, footprint) -> words.add("merge " + head.id() + " " + footprint.best().key()));
    torn.forEach(
        (footprint, head) -> words.add("split " + head.id() + " " + footprint.best().key()));
    return words.isEmpty() ? Optional.empty() : Optional.of(words.toString());
  }

  /**
   * Whether a person asked for any of it: what a person sees to need not prove first that it holds.
   */
  boolean isByPerson() {
    return swallowed.keySet().stream().anyMatch(Head::isGivenUp)
        || torn.keySet().stream()
            .anyMatch(
                footprint ->
                    footprint.ruledAt() != null
                        || footprint.members().stream().anyMatch(this::wasMergedByPerson));
  }

  private boolean wasMergedByPerson(Episode member) {
    Head merged = mergedHeadOfEpisode.get(member.id());
    return merged != null
        && merged.commands().stream().anyMatch(command -> command.action() == Command.Action.SPLIT);
  }

  /** The footprints with their incidents. */
  List<Placed> asFound() {
    List<Placed> out = new ArrayList<>();
    footprints.forEach(footprint -> out.add(new Placed(footprint, heads.get(footprint))));
    return out;
  }

  /** The incidents as they were, each with what is new to it. */
  List<Placed> asBefore() {
    Map<Head, List<Episode>> parts = new LinkedHashMap<>();
    Map<Head, Footprint> origin = new LinkedHashMap<>();
    List<Placed> out = new ArrayList<>();
    for (Footprint footprint : footprints) {
      Head home = heads.containsKey(footprint) ? heads.get(footprint) : torn.get(footprint);
      if (home == null) {
        out.add(new Placed(footprint, null));
        continue;
      }
      for (Episode member : footprint.members()) {
        Head head = headOfEpisode.getOrDefault(member.id(), home);
        parts.computeIfAbsent(head, h -> new ArrayList<>()).add(member);
        origin.merge(head, footprint, (a, b) -> heads.get(a) == head ? a : b);
      }
    }
    parts.forEach((head, members) -> out.add(new Placed(part(origin, head, members), head)));
    return out;
  }

  private Footprint part(Map<Head, Footprint> origin, Head head, List<Episode> members) {
    Footprint from = origin.get(head);
    if (from == null) {
      throw new IllegalStateException("incident " + head.id() + " has entries but no footprint");
    }
    List<Episode> sorted =
        members.stream()
            .sorted(Comparator.comparing(Episode::first).thenComparing(Episode::id))
            .toList();
    return new Footprint(
        from.component(), sorted, ranker.rank(from.component(), sorted), from.ruledAt());
  }

  /** Which incidents are taken over by which. */
  List<Merge> merges() {
    List<Merge> out = new ArrayList<>();
    swallowed.forEach(
        (head, footprint) -> {
          Head into = heads.get(footprint);
          if (into != null && !head.isMerged()) {
            out.add(new Merge(head, into));
          }
        });
    return out;
  }
}
