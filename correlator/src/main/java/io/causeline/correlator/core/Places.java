package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Weight;
import io.causeline.model.EntityRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the votes of entries that hang together stand, beyond what each entry knows by itself. A
 * vote for some node's place goes to the one that strong evidence names, the nearest in time; a
 * cause of kube-proxy that strong evidence names on several nodes at about the same time is one
 * cause of the cluster's kube-proxies. A pure function of the entries.
 */
final class Places {

  /** On so many nodes it is no longer a node's own fault. */
  private static final int SEVERAL = 3;

  /** Evidence no further apart than this is of one time. */
  private static final Duration APART = Duration.ofMinutes(30);

  static final EntityRef EVERYWHERE = EntityRef.singleton(Kinds.KUBE_PROXY);

  /** Strong evidence for a cause at a place that is known. */
  private record Named(EntityRef locus, Instant at) {}

  private final Map<String, List<Named>> named = new TreeMap<>();
  private final Map<String, Set<EntityRef>> everywhere = new HashMap<>();

  Places(Collection<Episode> members) {
    for (Episode member : members) {
      for (Vote vote : member.votes()) {
        if (Kinds.PLACED.contains(vote.locus().kind()) && names(vote)) {
          named
              .computeIfAbsent(vote.cause(), c -> new ArrayList<>())
              .add(new Named(vote.locus(), member.first()));
        }
      }
    }
    named.forEach(
        (cause, places) -> {
          Set<EntityRef> proxies = atOnce(places);
          if (!proxies.isEmpty()) {
            everywhere.put(cause, proxies);
          }
        });
  }

  private static boolean names(Vote vote) {
    return vote.evidence(Weight.STRONG) && !vote.state() && !vote.hypothesis().somewhere();
  }

  /** Whether these entries make a cause one of all kube-proxies. */
  static boolean isEverywhere(Collection<Episode> members, String cause) {
    return new Places(members).everywhere.containsKey(cause);
  }

  /** The kube-proxies that are named in one stretch of time, if they are several. */
  private static Set<EntityRef> atOnce(List<Named> places) {
    List<Named> proxies =
        places.stream()
            .filter(place -> place.locus().kind().equals(Kinds.KUBE_PROXY))
            .sorted(Comparator.comparing(Named::at).thenComparing(Named::locus))
            .toList();
    Set<EntityRef> all = new HashSet<>();
    Set<EntityRef> run = new TreeSet<>();
    Instant until = Instant.MIN;
    for (Named place : proxies) {
      if (place.at().isAfter(until)) {
        run = new TreeSet<>();
      }
      run.add(place.locus());
      until = place.at().plus(APART);
      if (run.size() >= SEVERAL) {
        all.addAll(run);
      }
    }
    return all;
  }

  /** A member's vote, where it stands among the others. */
  Vote place(Episode member, Vote vote) {
    Vote merged = merge(vote);
    if (!merged.hypothesis().somewhere()) {
      return merged;
    }
    return named.getOrDefault(vote.cause(), List.of()).stream()
        .min(
            Comparator.comparing(
                    (Named place) -> Duration.between(member.first(), place.at()).abs())
                .thenComparing(Named::locus))
        .map(place -> vote.at(place.locus()))
        .orElse(vote);
  }

  /** A vote for one node's kube-proxy, as one for all where they share the cause. */
  Vote merge(Vote vote) {
    Set<EntityRef> proxies = everywhere.get(vote.cause());
    if (proxies == null || !vote.locus().kind().equals(Kinds.KUBE_PROXY)) {
      return vote;
    }
    // That another node's kube-proxy is well says nothing against what these have in common.
    boolean speaks = proxies.contains(vote.locus()) || (vote.supports() && !vote.state());
    return speaks ? vote.at(EVERYWHERE) : vote;
  }

  /** What entries outside say of a hypothesis: at its own place, and at those it stands for. */
  Set<Vote.Hypothesis> origins(Vote.Hypothesis hypothesis) {
    Set<Vote.Hypothesis> origins = new TreeSet<>();
    origins.add(hypothesis);
    if (Kinds.PLACED.contains(hypothesis.locus().kind())) {
      origins.add(
          new Vote.Hypothesis(
              hypothesis.cause(), EntityRef.of(hypothesis.locus().kind(), null, Vote.SOMEWHERE)));
    }
    if (hypothesis.locus().equals(EVERYWHERE)) {
      for (EntityRef proxy : everywhere.getOrDefault(hypothesis.cause(), Set.of())) {
        origins.add(new Vote.Hypothesis(hypothesis.cause(), proxy));
      }
    }
    return origins;
  }
}
