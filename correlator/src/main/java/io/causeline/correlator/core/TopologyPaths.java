package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.Relation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How objects hang together at a time: owners, and what stands in which relation to what. */
final class TopologyPaths {

  /** What an edge's start may lag behind the signal that speaks of it (times in whole seconds). */
  private static final Duration SLACK = Duration.ofSeconds(60);

  /** Longer chains are none that Kubernetes makes. */
  private static final int MOST_OWNERS = 5;

  private final Topology topology;
  private final Duration keep;

  TopologyPaths(Topology topology, Duration keep) {
    this.topology = topology;
    this.keep = keep;
  }

  /** The top owner of a pod or a workload; itself where it has none. */
  EntityRef topOwner(EntityRef entity, Instant time) {
    EntityRef at = entity;
    for (int i = 0; i < MOST_OWNERS; i++) {
      EntityRef owner = owner(at, time);
      if (owner == null || owner.equals(at)) {
        return at;
      }
      at = owner;
    }
    return at;
  }

  /** A pod or a workload, its owner, and so on. */
  List<EntityRef> owned(EntityRef entity, Instant time) {
    List<EntityRef> chain = new ArrayList<>();
    EntityRef at = entity;
    while (at != null && chain.size() < MOST_OWNERS && !chain.contains(at)) {
      chain.add(at);
      at = owner(at, time);
    }
    return chain;
  }

  private @Nullable EntityRef owner(EntityRef entity, Instant time) {
    ObjectSnapshot snapshot = topology.asOf(entity, time);
    if (snapshot != null) {
      for (ObjectSnapshot.Edge edge : snapshot.edges()) {
        if (edge.relation() == Relation.OWNED_BY) {
          return edge.to();
        }
      }
      return null;
    }
    Topology.Learned told = topology.learned(entity);
    if (told != null && told.owner() != null) {
      return told.owner();
    }
    return Owners.guess(entity).orElse(null);
  }

  /**
   * What stands in this relation to {@code from} at {@code time}: edges that held then, or shortly
   * before. Empty where nothing is known.
   */
  Set<EntityRef> step(EntityRef from, Relation relation, Instant time) {
    return switch (relation) {
      case OWNED_BY -> Set.of(topOwner(from, time));
      case SELECTS -> selected(from, time);
      case BACKED_BY -> backers(from, time);
      case RUNS_ON -> nodes(from, time);
      case RAN_ON -> formerNodes(from, time);
      case PROVIDED_BY -> Set.of(EntityRef.singleton("CloudProvider"));
      case CONTROLLED_BY -> Set.of(EntityRef.singleton("ControlPlane"));
      case ROUTES, SLICE_OF, ENDPOINT, PULLS_FROM, MOUNTS -> edges(from, relation, time);
    };
  }

  /** A pod's node; a workload's pods' nodes. */
  private Set<EntityRef> nodes(EntityRef from, Instant time) {
    if (!Kinds.WORKLOADS.contains(from.kind())) {
      return node(from, time);
    }
    Set<EntityRef> nodes = new TreeSet<>();
    for (EntityRef pod : topology.index().ownedBy(from)) {
      if (pod.kind().equals("Pod")
          && topOwner(pod, time).equals(from)
          && existed(pod, time.minus(keep), time.plus(SLACK))) {
        nodes.addAll(node(pod, time));
      }
    }
    return nodes;
  }

  /** Where a pod, or who mounts the same claims, was shortly before. */
  private Set<EntityRef> formerNodes(EntityRef pod, Instant time) {
    Set<EntityRef> nodes = new TreeSet<>(allNodes(pod, time));
    Set<EntityRef> claims = claims(pod, time);
    if (!claims.isEmpty()) {
      for (EntityRef other : topology.index().inNamespace("Pod", pod.namespace())) {
        if (!other.equals(pod) && claims(other, time).stream().anyMatch(claims::contains)) {
          nodes.addAll(allNodes(other, time));
        }
      }
    }
    nodes.removeAll(node(pod, time));
    return nodes;
  }

  private Set<EntityRef> claims(EntityRef pod, Instant time) {
    Set<EntityRef> claims = new TreeSet<>(edges(pod, Relation.MOUNTS, time));
    claims.removeIf(mounted -> !mounted.kind().equals("PersistentVolumeClaim"));
    return claims;
  }

  /** All nodes that a pod of this name was on, from some time before. */
  private Set<EntityRef> allNodes(EntityRef pod, Instant time) {
    Set<EntityRef> nodes = new TreeSet<>();
    for (ObjectHistory.Version version : topology.versions(pod)) {
      if (version.overlaps(time.minus(keep), time.plus(SLACK))) {
        version.snapshot().edges().stream()
            .filter(edge -> edge.relation() == Relation.RUNS_ON)
            .forEach(edge -> nodes.add(edge.to()));
      }
    }
    return nodes;
  }

  private boolean existed(EntityRef entity, Instant start, Instant end) {
    return topology.versions(entity).stream().anyMatch(version -> version.overlaps(start, end));
  }

  private Set<EntityRef> node(EntityRef pod, Instant time) {
    Set<EntityRef> nodes = edges(pod, Relation.RUNS_ON, time);
    Topology.Learned told = topology.learned(pod);
    if (!nodes.isEmpty() || told == null || told.node() == null) {
      return nodes;
    }
    // Before it was scheduled there it was elsewhere: a StatefulSet's pod keeps its name.
    boolean before = told.since() != null && time.isBefore(told.since().minus(SLACK));
    return before ? nodes : Set.of(told.node());
  }

  private Set<EntityRef> edges(EntityRef from, Relation relation, Instant time) {
    ObjectSnapshot snapshot = topology.asOf(from, time);
    if (snapshot == null) {
      return Set.of();
    }
    Set<EntityRef> found = new TreeSet<>();
    for (ObjectSnapshot.Edge edge : snapshot.edges()) {
      if (edge.relation() == relation) {
        found.add(edge.to());
      }
    }
    return found;
  }

  private Set<EntityRef> selected(EntityRef service, Instant time) {
    Set<EntityRef> pods = new TreeSet<>();
    Instant start = time.minus(keep);
    Instant end = time.plus(SLACK);
    for (EntityRef slice : topology.index().slicesOf(service)) {
      for (ObjectHistory.Version version : topology.versions(slice)) {
        if (version.overlaps(start, end)) {
          for (ObjectSnapshot.Edge edge : version.snapshot().edges()) {
            if (edge.relation() == Relation.ENDPOINT) {
              pods.add(edge.to());
            }
          }
        }
      }
    }
    ObjectSnapshot snapshot = topology.asOf(service, time);
    if (snapshot != null) {
      pods.addAll(matching(snapshot, time));
    }
    return pods;
  }

  /** Pods of the Service's namespace that its selector matches at {@code time}. */
  private Set<EntityRef> matching(ObjectSnapshot service, Instant time) {
    if (service.selector().isEmpty()) {
      return Set.of();
    }
    Set<EntityRef> pods = new TreeSet<>();
    for (EntityRef pod : topology.index().inNamespace("Pod", service.entity().namespace())) {
      for (ObjectHistory.Version version : topology.versions(pod)) {
        if (version.holdsAt(time)
            && version.snapshot().labels().entrySet().containsAll(service.selector().entrySet())) {
          pods.add(pod);
          break;
        }
      }
    }
    return pods;
  }

  /** The workloads, each its own top owner, whose pods the Service's selector would match. */
  private Set<EntityRef> backers(EntityRef service, Instant time) {
    ObjectSnapshot snapshot = topology.asOf(service, time);
    Set<EntityRef> workloads = new TreeSet<>();
    if (snapshot == null || snapshot.selector().isEmpty()) {
      return workloads;
    }
    for (String kind : Kinds.WORKLOADS) {
      for (EntityRef workload : topology.index().inNamespace(kind, service.namespace())) {
        // Old revisions of a workload stay behind with their old labels: its own template counts.
        if (existed(workload, time.minus(keep), time.plus(SLACK))
            && topOwner(workload, time).equals(workload)) {
          ObjectSnapshot candidate = topology.asOf(workload, time);
          if (candidate != null
              && candidate.labels().entrySet().containsAll(snapshot.selector().entrySet())) {
            workloads.add(workload);
          }
        }
      }
    }
    return workloads;
  }

  /** Services of the pod's namespace that select it at {@code time}. */
  Set<EntityRef> servicesOf(EntityRef pod, Instant time) {
    ObjectSnapshot snapshot = topology.asOf(pod, time);
    Set<EntityRef> services = new TreeSet<>();
    if (snapshot == null) {
      return services;
    }
    for (EntityRef service : topology.index().inNamespace("Service", pod.namespace())) {
      ObjectSnapshot candidate = topology.asOf(service, time);
      if (candidate != null
          && !candidate.selector().isEmpty()
          && snapshot.labels().entrySet().containsAll(candidate.selector().entrySet())) {
        services.add(service);
      }
    }
    return services;
  }
}
