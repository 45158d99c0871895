package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Cause;
import io.causeline.model.EntityRef;
import io.causeline.model.Relation;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Walks from an entry's entity to the places where a cause would sit. */
final class LocusFinder {

  /** More places than this say nothing: the first by name are taken. */
  private static final int MOST = 64;

  /** Kinds of locus that stand for any kind. */
  private static final String ANY = "Any";

  /** The places, and every object that was looked at on the way. */
  record Found(Collection<EntityRef> loci, Collection<EntityRef> visited) {}

  private final Topology topology;

  LocusFinder(Topology topology) {
    this.topology = topology;
  }

  /**
   * The places.
   *
   * @param evidence whether a node that exists but is not known may be a place: an event that
   *     speaks of a pod's node speaks of one node, a mere symptom of a pod may come from anywhere
   */
  Found find(String locusKind, List<Relation> via, Episode.State s, boolean evidence) {
    Set<EntityRef> visited = new LinkedHashSet<>();
    Set<EntityRef> loci = new TreeSet<>();
    for (EntityRef start : starts(s)) {
      visited.add(start);
      Set<EntityRef> ends =
          via.isEmpty()
              ? direct(locusKind, start, s.first())
              : walk(evidence && locusKind.equals("Node"), via, start, s.first(), visited);
      for (EntityRef end : ends) {
        if (fits(locusKind, end)) {
          loci.add(end);
        }
      }
      if (!loci.isEmpty()) {
        break;
      }
    }
    return new Found(loci.stream().limit(MOST).toList(), visited);
  }

  /** An alert may name several objects; the most specific that leads anywhere counts. */
  private List<EntityRef> starts(Episode.State s) {
    List<EntityRef> starts = new java.util.ArrayList<>();
    starts.add(known(s.entity()));
    if (s.alert() != null) {
      s.alert().candidates().forEach(candidate -> starts.add(known(candidate)));
    }
    return starts;
  }

  /** A node that an alert knows by its address only. */
  private EntityRef known(EntityRef entity) {
    return entity.kind().equals("Node")
        ? topology.nodeByAddress(entity.name()).orElse(entity)
        : entity;
  }

  private Set<EntityRef> direct(String locusKind, EntityRef start, Instant time) {
    if (locusKind.equals(ANY)) {
      return Set.of(fold(start, time));
    }
    if (Kinds.SINGLETONS.contains(locusKind)) {
      return Set.of(EntityRef.singleton(locusKind));
    }
    if (locusKind.equals(Cause.WORKLOAD)) {
      return start.kind().equals("Pod") || Kinds.WORKLOADS.contains(start.kind())
          ? Set.of(topology.topOwner(start, time))
          : Set.of();
    }
    if (locusKind.equals("Registry") && start.kind().equals("Pod")) {
      return topology.step(start, Relation.PULLS_FROM, time);
    }
    return Set.of(start);
  }

  private Set<EntityRef> walk(
      boolean somewhere,
      List<Relation> via,
      EntityRef start,
      Instant time,
      Set<EntityRef> visited) {
    Set<EntityRef> at = Set.of(start);
    for (int i = 0; i < via.size(); i++) {
      Relation relation = via.get(i);
      Set<EntityRef> next = new TreeSet<>();
      for (EntityRef from : at) {
        visited.add(from);
        Set<EntityRef> to = topology.step(from, relation, time);
        next.addAll(to);
        boolean last = i == via.size() - 1;
        if (to.isEmpty()
            && last
            && relation == Relation.RUNS_ON
            && somewhere
            && from.kind().equals("Pod")
            && topology.latest(from) == null) {
          next.add(EntityRef.of("Node", null, Vote.SOMEWHERE));
        }
      }
      at = next;
    }
    return at;
  }

  private static boolean fits(String locusKind, EntityRef end) {
    return locusKind.equals(ANY)
        || locusKind.equals(end.kind())
        || (locusKind.equals(Cause.WORKLOAD)
            && (Kinds.WORKLOADS.contains(end.kind()) || end.kind().equals("Pod")));
  }

  /** Pods and ReplicaSets fold into their top owner. */
  EntityRef fold(EntityRef entity, Instant time) {
    return entity.kind().equals("Pod") || Kinds.WORKLOADS.contains(entity.kind())
        ? topology.topOwner(entity, time)
        : entity;
  }
}
