package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Entries that hang together, with their votes, each where it stands among the others. */
final class Component {

  /** A state of the cluster decides for what happened about the time at which it held. */
  private static final Duration DECIDED = Duration.ofMinutes(5);

  private final List<Episode> members;
  private final Places places;
  private final Map<Episode, List<Vote>> votes = new HashMap<>();
  private final Map<Episode, Set<Vote.Hypothesis>> supported = new HashMap<>();
  private final Map<Vote.Hypothesis, List<Instant>> decided = new HashMap<>();
  private final Map<Vote.Hypothesis, List<Ballot>> ballots;

  /** What all members bring up: asked for by each step of dividing them. */
  private @Nullable Set<Vote.Hypothesis> ofAll;

  /** What one entry says of one hypothesis. */
  record Ballot(Episode episode, List<Vote> votes) {}

  Component(Collection<Episode> members) {
    this(members, Set.of());
  }

  /** Without the hypotheses that a person rejected. */
  Component(Collection<Episode> members, Set<Vote.Hypothesis> rejected) {
    this.members = List.copyOf(members);
    this.places = new Places(members);
    for (Episode member : members) {
      List<Vote> own = new ArrayList<>();
      for (Vote vote : member.votes()) {
        Vote placed = places.place(member, vote);
        if (!rejected.contains(placed.hypothesis())) {
          own.add(placed);
        }
      }
      votes.put(member, own);
      supported.put(member, supported(own));
    }
    ballots = ballots(this.members);
    findDecided();
  }

  /** What these entries say, by hypothesis, of each in their order. */
  Map<Vote.Hypothesis, List<Ballot>> ballots(Collection<Episode> among) {
    Map<Vote.Hypothesis, List<Ballot>> all = new HashMap<>();
    for (Episode episode : among) {
      for (Vote vote : votes(episode)) {
        List<Ballot> here = all.computeIfAbsent(vote.hypothesis(), h -> new ArrayList<>());
        if (here.isEmpty() || here.get(here.size() - 1).episode() != episode) {
          here.add(new Ballot(episode, new ArrayList<>(2)));
        }
        here.get(here.size() - 1).votes().add(vote);
      }
    }
    return all;
  }

  /** What the members say of this hypothesis, by time. */
  List<Ballot> on(Vote.Hypothesis hypothesis) {
    return ballots.getOrDefault(hypothesis, List.of());
  }

  /** Whether these are all members. */
  boolean isAll(Collection<Episode> among) {
    return among.size() == members.size() && supported.keySet().containsAll(among);
  }

  private static Set<Vote.Hypothesis> supported(List<Vote> votes) {
    Set<Vote.Hypothesis> supported = new HashSet<>();
    for (Vote vote : votes) {
      if (vote.supports() && !vote.state()) {
        supported.add(vote.hypothesis());
      }
    }
    return supported;
  }

  /** Hypotheses of the whole cluster that nothing but its state speaks for strongly. */
  private void findDecided() {
    Set<Vote.Hypothesis> named = new TreeSet<>();
    for (Episode member : members) {
      for (Vote vote : votes(member)) {
        if (vote.evidence(Weight.STRONG) && Kinds.SINGLETONS.contains(vote.locus().kind())) {
          if (vote.state()) {
            decided.computeIfAbsent(vote.hypothesis(), h -> new ArrayList<>()).add(member.first());
          } else {
            named.add(vote.hypothesis());
          }
        }
      }
    }
    decided.keySet().removeAll(named);
  }

  List<Episode> members() {
    return members;
  }

  /** Its votes, placed; of an entry that is no member, where it places them itself. */
  List<Vote> votes(Episode episode) {
    List<Vote> own = votes.get(episode);
    return own != null ? own : episode.votes().stream().map(places::merge).toList();
  }

  /** As what entries that are no members may speak of this hypothesis. */
  Set<Vote.Hypothesis> origins(Vote.Hypothesis hypothesis) {
    return places.origins(hypothesis);
  }

  /** Whether the entry is evidence for, or a symptom of, this hypothesis. */
  boolean explains(Vote.Hypothesis hypothesis, Episode episode) {
    Set<Vote.Hypothesis> own = supported.get(episode);
    return (own != null ? own : supported(votes(episode))).contains(hypothesis)
        && isDecidedAt(hypothesis, episode.first());
  }

  /** Whether a state of the cluster is all the strong evidence that there is for it. */
  boolean isDecidedByState(Vote.Hypothesis hypothesis) {
    return decided.containsKey(hypothesis);
  }

  /** Two faults of one kind are one only at about the time at which the cluster's state says so. */
  private boolean isDecidedAt(Vote.Hypothesis hypothesis, Instant time) {
    List<Instant> times = decided.get(hypothesis);
    return times == null
        || times.stream().anyMatch(at -> Duration.between(at, time).abs().compareTo(DECIDED) <= 0);
  }

  /** Whether strong evidence for {@code effect} is among what {@code cause} explains. */
  boolean explainsEvidence(Vote.Hypothesis cause, Vote.Hypothesis effect) {
    for (Ballot ballot : on(effect)) {
      for (Vote vote : ballot.votes()) {
        if (!vote.state() && vote.evidence(Weight.STRONG) && explains(cause, ballot.episode())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Every hypothesis that any of these entries brings up, in a stable order. */
  Set<Vote.Hypothesis> hypotheses(Collection<Episode> among) {
    if (isAll(among)) {
      if (ofAll == null) {
        ofAll = brought(members);
      }
      return ofAll;
    }
    return brought(among);
  }

  private Set<Vote.Hypothesis> brought(Collection<Episode> among) {
    Set<Vote.Hypothesis> all = new TreeSet<>();
    for (Episode episode : among) {
      Set<Vote.Hypothesis> own = supported.get(episode);
      all.addAll(own != null ? own : supported(votes(episode)));
    }
    return Collections.unmodifiableSet(all);
  }
}
