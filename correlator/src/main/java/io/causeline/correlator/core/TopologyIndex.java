package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds objects by what they are or hold, so that no question scans the cluster. An object is found
 * by each of its remembered states: who asks looks at the state that held.
 */
final class TopologyIndex {

  private final Map<String, Set<EntityRef>> byKind = new HashMap<>();
  private final Map<String, Set<EntityRef>> byKindAndNamespace = new HashMap<>();
  private final Map<String, Instant> observedSince = new HashMap<>();
  private final Map<EntityRef, Set<EntityRef>> slicesOfService = new HashMap<>();
  private final Map<String, EntityRef> nodeByAddress = new HashMap<>();
  private final Map<EntityRef, Set<EntityRef>> podsOfNode = new HashMap<>();
  private final Map<EntityRef, Set<EntityRef>> ownedBy = new HashMap<>();
  private final Set<EntityRef> unscheduled = new LinkedHashSet<>();
  private final Set<EntityRef> withHostPorts = new LinkedHashSet<>();
  private final Set<EntityRef> balancers = new LinkedHashSet<>();

  void add(EntityRef entity) {
    put(byKind, entity.kind(), entity);
    put(byKindAndNamespace, space(entity.kind(), entity.namespace()), entity);
    if (LoadBalancerControllers.isOne(entity)) {
      balancers.add(entity);
    }
  }

  void add(ObjectSnapshot snapshot) {
    EntityRef entity = snapshot.entity();
    observedSince.merge(entity.kind(), snapshot.observedAt(), (a, b) -> a.isBefore(b) ? a : b);
    for (ObjectSnapshot.Edge edge : snapshot.edges()) {
      if (edge.relation() == Relation.SLICE_OF) {
        put(slicesOfService, edge.to(), entity);
      } else if (edge.relation() == Relation.RUNS_ON) {
        put(podsOfNode, edge.to(), entity);
      } else if (edge.relation() == Relation.OWNED_BY) {
        put(ownedBy, edge.to(), entity);
      }
    }
    if (entity.kind().equals("Pod")) {
      if (snapshot.edges().stream().noneMatch(edge -> edge.relation() == Relation.RUNS_ON)) {
        unscheduled.add(entity);
      }
      if (snapshot.attribute(Attributes.HOST_PORTS) != null) {
        withHostPorts.add(entity);
      }
    }
    String addresses = snapshot.attribute(Attributes.ADDRESSES);
    if (addresses != null) {
      for (String address : addresses.split(",", -1)) {
        nodeByAddress.put(address, entity);
      }
    }
  }

  /**
   * These states of one object are forgotten; those that are still remembered must be added again.
   */
  void remove(Collection<ObjectSnapshot> states) {
    for (ObjectSnapshot snapshot : states) {
      EntityRef entity = snapshot.entity();
      for (ObjectSnapshot.Edge edge : snapshot.edges()) {
        if (edge.relation() == Relation.SLICE_OF) {
          remove(slicesOfService, edge.to(), entity);
        } else if (edge.relation() == Relation.RUNS_ON) {
          remove(podsOfNode, edge.to(), entity);
        } else if (edge.relation() == Relation.OWNED_BY) {
          remove(ownedBy, edge.to(), entity);
        }
      }
      unscheduled.remove(entity);
      withHostPorts.remove(entity);
    }
  }

  /** Nothing of the object is remembered. */
  void remove(EntityRef entity) {
    remove(byKind, entity.kind(), entity);
    remove(byKindAndNamespace, space(entity.kind(), entity.namespace()), entity);
    nodeByAddress.values().removeIf(entity::equals);
    balancers.remove(entity);
  }

  /** All objects of a kind, present or lately gone. */
  Set<EntityRef> ofKind(String kind) {
    return byKind.getOrDefault(kind, Set.of());
  }

  /** All objects of a kind in a namespace, present or lately gone. */
  Set<EntityRef> inNamespace(String kind, @Nullable String namespace) {
    return byKindAndNamespace.getOrDefault(space(kind, namespace), Set.of());
  }

  /** Since when objects of this kind are seen; empty if none ever was. */
  Optional<Instant> observedSince(String kind) {
    return Optional.ofNullable(observedSince.get(kind));
  }

  Set<EntityRef> slicesOf(EntityRef service) {
    return slicesOfService.getOrDefault(service, Set.of());
  }

  Optional<EntityRef> nodeByAddress(String address) {
    return Optional.ofNullable(nodeByAddress.get(address));
  }

  /** What the object owns, or did, at any remove. */
  Set<EntityRef> ownedBy(EntityRef owner) {
    Set<EntityRef> all = new LinkedHashSet<>();
    Deque<EntityRef> left = new ArrayDeque<>(Set.of(owner));
    while (!left.isEmpty()) {
      for (EntityRef owned : ownedBy.getOrDefault(left.remove(), Set.of())) {
        if (all.add(owned)) {
          left.add(owned);
        }
      }
    }
    return all;
  }

  /** Pods that run on the node, or did. */
  Set<EntityRef> podsOf(EntityRef node) {
    return podsOfNode.getOrDefault(node, Set.of());
  }

  /** Pods that have no node, or had none. */
  Set<EntityRef> unscheduled() {
    return unscheduled;
  }

  /** Pods that take ports of their node. */
  Set<EntityRef> withHostPorts() {
    return withHostPorts;
  }

  /** Pods and workloads that look as if they gave Services addresses. */
  Set<EntityRef> balancers() {
    return balancers;
  }

  private static String space(String kind, @Nullable String namespace) {
    return kind + "/" + (namespace == null ? "" : namespace);
  }

  private static <K> void put(Map<K, Set<EntityRef>> index, K key, EntityRef entity) {
    index.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(entity);
  }

  private static <K> void remove(Map<K, Set<EntityRef>> index, K key, EntityRef entity) {
    Set<EntityRef> set = index.get(key);
    if (set != null) {
      set.remove(entity);
      if (set.isEmpty()) {
        index.remove(key);
      }
    }
  }
}
