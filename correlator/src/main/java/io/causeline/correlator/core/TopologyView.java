package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The topology as of one time, for one question; it keeps in mind what was looked at, so that the
 * question is asked again when that changes.
 *
 * <p>What lies before a kind was first observed is not known; there, the first that was seen of it
 * stands for what was.
 */
final class TopologyView {

  private final Topology topology;
  private final TopologyIndex index;
  private final Instant time;
  private final Set<EntityRef> lookedAt = new LinkedHashSet<>();

  TopologyView(Topology topology, Instant time) {
    this.topology = topology;
    this.index = topology.index();
    this.time = time;
  }

  Instant time() {
    return time;
  }

  Set<EntityRef> lookedAt() {
    return lookedAt;
  }

  /** The object's state then, else the one nearest in time; null if it was never seen. */
  @Nullable ObjectSnapshot nearest(EntityRef entity) {
    lookedAt.add(entity);
    return topology.asOf(entity, time);
  }

  /** The object's state then; null if it was not there, or was never seen. */
  @Nullable ObjectSnapshot get(EntityRef entity) {
    lookedAt.add(entity);
    return topology.at(entity, timeFor(entity.kind()));
  }

  /**
   * Whether objects of this kind are observed at all: else nothing follows from none being there.
   */
  boolean isObserved(String kind) {
    boolean observed = index.observedSince(kind).isPresent();
    if (!observed) {
      lookedAt.add(Scope.observed(kind));
    }
    return observed;
  }

  /** All objects of a kind. */
  List<ObjectSnapshot> all(String kind) {
    lookedAt.add(Scope.all(kind));
    return there(kind, index.ofKind(kind));
  }

  /** The objects of a kind in a namespace. */
  List<ObjectSnapshot> in(String kind, @Nullable String namespace) {
    lookedAt.add(Scope.in(kind, namespace));
    return there(kind, index.inNamespace(kind, namespace));
  }

  /** The namespace's workloads that no other workload owns. */
  List<ObjectSnapshot> workloads(@Nullable String namespace) {
    lookedAt.add(Scope.workloads(namespace));
    List<ObjectSnapshot> found = new ArrayList<>();
    for (String kind : Kinds.WORKLOADS) {
      for (ObjectSnapshot workload : there(kind, index.inNamespace(kind, namespace))) {
        if (topology.topOwner(workload.entity(), time).equals(workload.entity())) {
          found.add(workload);
        }
      }
    }
    return found;
  }

  /** The ReplicaSets of a Deployment. */
  List<ObjectSnapshot> revisions(EntityRef deployment) {
    lookedAt.add(Scope.workloads(deployment.namespace()));
    List<ObjectSnapshot> found = new ArrayList<>();
    List<EntityRef> owned = new ArrayList<>(index.ownedBy(deployment));
    owned.removeIf(one -> !one.kind().equals("ReplicaSet"));
    for (ObjectSnapshot revision : there("ReplicaSet", owned)) {
      if (topology.topOwner(revision.entity(), time).equals(deployment)) {
        found.add(revision);
      }
    }
    return found;
  }

  /**
   * The namespace's pods, or workloads' templates, that carry these labels; none without labels.
   */
  static List<ObjectSnapshot> carrying(
      Map<String, String> selector, Collection<ObjectSnapshot> labelled) {
    return selector.isEmpty()
        ? List.of()
        : labelled.stream()
            .filter(one -> one.labels().entrySet().containsAll(selector.entrySet()))
            .toList();
  }

  /** A Service's EndpointSlices; what changes one, changes the Service too. */
  List<ObjectSnapshot> slices(EntityRef service) {
    lookedAt.add(service);
    return there("EndpointSlice", index.slicesOf(service));
  }

  /** The pods of a node. */
  List<ObjectSnapshot> podsOf(EntityRef node) {
    lookedAt.add(Scope.podsOf(node));
    return there("Pod", index.podsOf(node)).stream()
        .filter(pod -> node.equals(Scope.node(pod)))
        .toList();
  }

  /** The pods without a node. */
  List<ObjectSnapshot> unscheduled() {
    lookedAt.add(Scope.unscheduled());
    return there("Pod", index.unscheduled()).stream()
        .filter(pod -> Scope.node(pod) == null)
        .toList();
  }

  /** The pods that take ports of their node. */
  List<ObjectSnapshot> withHostPorts() {
    lookedAt.add(Scope.hostPorts());
    return there("Pod", index.withHostPorts());
  }

  /** Pods and workloads that look as if they gave Services addresses. */
  List<ObjectSnapshot> balancers() {
    lookedAt.add(Scope.balancers());
    List<ObjectSnapshot> found = new ArrayList<>();
    for (EntityRef entity : index.balancers()) {
      ObjectSnapshot snapshot = topology.at(entity, timeFor(entity.kind()));
      if (snapshot != null) {
        found.add(snapshot);
      }
    }
    return found;
  }

  /** When a pod that is not there had gone; null if it is there, or was never seen. */
  @Nullable Instant goneSince(EntityRef pod) {
    lookedAt.add(Scope.in("Pod", pod.namespace()));
    return topology.goneBefore(pod, time).orElse(null);
  }

  /** A pod's or workload's top owner. */
  EntityRef topOwner(EntityRef entity) {
    lookedAt.add(entity);
    return topology.topOwner(entity, time);
  }

  private List<ObjectSnapshot> there(String kind, Collection<EntityRef> entities) {
    Instant at = timeFor(kind);
    List<ObjectSnapshot> found = new ArrayList<>();
    for (EntityRef entity : entities) {
      ObjectSnapshot snapshot = topology.at(entity, at);
      if (snapshot != null) {
        found.add(snapshot);
      }
    }
    return found;
  }

  private Instant timeFor(String kind) {
    Instant since = index.observedSince(kind).orElse(null);
    if (since != null && !since.isAfter(time)) {
      return time;
    }
    // It may yet turn out that the kind was observed sooner.
    lookedAt.add(Scope.observed(kind));
    return since == null ? time : since;
  }
}
