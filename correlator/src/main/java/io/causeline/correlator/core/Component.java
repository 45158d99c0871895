package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Weight;
import io.causeline.model.EntityRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Entries that hang together, with their votes. Votes for a node that is not known (events without
 * topology tell no node) are given to the one that strong evidence names, the nearest in time.
 */
final class Component {

  private final List<Episode> members;
  private final Map<Episode, List<Vote>> votes = new HashMap<>();

  Component(Collection<Episode> members) {
    this(members, Set.of());
  }

  /** Without the hypotheses that a person rejected. */
  Component(Collection<Episode> members, Set<Vote.Hypothesis> rejected) {
    this.members = List.copyOf(members);
    for (Episode member : members) {
      List<Vote> own = new ArrayList<>();
      for (Vote vote : member.votes()) {
        Vote placed = vote.hypothesis().somewhere() ? placed(member, vote) : vote;
        if (!rejected.contains(placed.hypothesis())) {
          own.add(placed);
        }
      }
      votes.put(member, own);
    }
  }

  private Vote placed(Episode member, Vote vote) {
    record Place(EntityRef locus, Duration apart) {}
    List<Place> places = new ArrayList<>();
    for (Episode other : members) {
      for (Vote named : other.votes()) {
        if (named.cause().equals(vote.cause())
            && named.evidence(Weight.STRONG)
            && !named.state()
            && !named.hypothesis().somewhere()) {
          places.add(
              new Place(named.locus(), Duration.between(member.first(), other.first()).abs()));
        }
      }
    }
    return places.stream()
        .min(Comparator.comparing(Place::apart).thenComparing(Place::locus))
        .map(place -> vote.at(place.locus()))
        .orElse(vote);
  }

  List<Episode> members() {
    return members;
  }

  /** Its votes, placed; those of an entry that is no member are its own. */
  List<Vote> votes(Episode episode) {
    return votes.getOrDefault(episode, episode.votes());
  }

  /** Whether the entry is evidence for, or a symptom of, this hypothesis. */
  boolean explains(Vote.Hypothesis hypothesis, Episode episode) {
    for (Vote vote : votes(episode)) {
      if (vote.supports() && !vote.state() && vote.hypothesis().equals(hypothesis)) {
        return true;
      }
    }
    return false;
  }

  /** Every hypothesis that any of these entries brings up, in a stable order. */
  Set<Vote.Hypothesis> hypotheses(Collection<Episode> among) {
    Set<Vote.Hypothesis> all = new TreeSet<>();
    for (Episode episode : among) {
      for (Vote vote : votes(episode)) {
        if (vote.supports() && !vote.state()) {
          all.add(vote.hypothesis());
        }
      }
    }
    return all;
  }
}
