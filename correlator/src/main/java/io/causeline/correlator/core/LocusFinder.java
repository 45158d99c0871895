package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Knowledge.Line;
import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.correlator.knowledge.Matcher;
import io.causeline.model.EntityRef;
import io.causeline.model.Relation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Walks from an entry's entity to the places where a cause would sit. */
final class LocusFinder {

  /** More places than this say nothing: the first by name are taken. */
  private static final int MOST = 64;

  /** A kind of locus that stands for any kind. */
  static final String ANY = "Any";

  private final Topology topology;
  private final NamedPlaces named;
  private final DirectPlaces direct;

  LocusFinder(Topology topology) {
    this.topology = topology;
    this.named = new NamedPlaces(topology);
    this.direct = new DirectPlaces(topology, named);
  }

  /** The place that the signal itself names, if it can be one of the line's cause. */
  Optional<EntityRef> named(
      Line<? extends Matcher> line, Optional<NamedPlace> place, Episode.State s) {
    return place.flatMap(name -> named.of(line.cause().locus(), name, s.entity().namespace()));
  }

  /**
   * What decides where a line leads from a signal that names no place; most lines of one signal go
   * one of a few ways.
   *
   * @param standsIn whether the signal's own object stands in for a place that is not found
   */
  record Way(String locusKind, List<Relation> via, boolean evidence, boolean standsIn) {}

  Way way(Line<? extends Matcher> line, Episode.State s) {
    boolean evidence = line.role() == Role.EVIDENCE;
    return new Way(
        line.cause().locus(),
        line.matcher().via(),
        evidence,
        evidence && isMeant(line.matcher(), s));
  }

  /**
   * Where a way leads. Evidence that can carry a hypothesis finds a place even where the topology
   * knows nothing: a node that is not known which, or the signal's own object in place of the one
   * it speaks of.
   *
   * @param visited takes every object that is looked at on the way
   */
  List<EntityRef> walk(Way way, Episode.State s, Set<EntityRef> visited) {
    String locusKind = way.locusKind();
    List<Relation> via = way.via();
    Set<EntityRef> loci = new TreeSet<>();
    for (EntityRef start : starts(s)) {
      see(start, s.first(), visited);
      String message = start.equals(s.entity()) ? s.message() : "";
      if (via.isEmpty()) {
        loci.addAll(direct.of(locusKind, start, s.first(), message));
      } else {
        // Who speaks of where the pod was before speaks of one node, too.
        boolean somewhere =
            (way.evidence() || via.contains(Relation.RAN_ON)) && Kinds.PLACED.contains(locusKind);
        for (EntityRef end : walk(somewhere, via, start, s.first(), visited)) {
          seeOwners(end, s.first(), visited);
          loci.addAll(direct.of(locusKind, end, s.first(), ""));
        }
      }
      if (!loci.isEmpty()) {
        break;
      }
    }
    if (loci.isEmpty() && way.standsIn()) {
      loci.add(standIn(locusKind, s));
    }
    return loci.stream().limit(MOST).toList();
  }

  /** Whether the line means this very object, and nothing but a name or the topology is wanting. */
  private boolean isMeant(Matcher line, Episode.State s) {
    boolean onKind =
        (line instanceof Matcher.OnEvent event && !event.kinds().isEmpty())
            || (line instanceof Matcher.OnAlert alert && !alert.kinds().isEmpty());
    return line.weight().carries()
        && (line.namesPlace() || (onKind && topology.latest(s.entity()) == null));
  }

  private EntityRef standIn(String locusKind, Episode.State s) {
    return Kinds.PLACED.contains(locusKind)
        ? EntityRef.of(locusKind, null, Vote.SOMEWHERE)
        : fold(s.entity(), s.first());
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
    return entity.kind().equals(Kinds.NODE)
        ? topology.nodeByAddress(entity.name()).orElse(entity)
        : entity;
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
        see(from, time, visited);
        if (relation == Relation.RAN_ON) {
          visited.add(Scope.in("Pod", from.namespace()));
        }
        Set<EntityRef> to = topology.step(from, relation, time);
        next.addAll(to);
        boolean last = i == via.size() - 1;
        if (to.isEmpty()
            && last
            && (relation == Relation.RUNS_ON || relation == Relation.RAN_ON)
            && somewhere
            && from.kind().equals("Pod")
            && topology.latest(from) == null) {
          next.add(EntityRef.of(Kinds.NODE, null, Vote.SOMEWHERE));
        }
      }
      at = next;
    }
    return at;
  }

  private void see(EntityRef entity, Instant time, Set<EntityRef> visited) {
    visited.add(entity);
    seeOwners(entity, time, visited);
  }

  /** Who owns a pod or a workload, and who owns that, is part of every place that it leads to. */
  void seeOwners(EntityRef entity, Instant time, Set<EntityRef> visited) {
    // Seen once, with all its owners.
    if (DirectPlaces.isWorkload(entity) && !visited.contains(Scope.ownerOf(entity))) {
      topology.owned(entity, time).forEach(owned -> visited.add(Scope.ownerOf(owned)));
    }
  }

  /** Pods and ReplicaSets fold into their top owner. */
  EntityRef fold(EntityRef entity, Instant time) {
    return direct.fold(entity, time);
  }
}
