package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names for groups of objects that a reading looked at as a whole: an object that joins or leaves
 * the group, or changes in what is looked at, makes the reading stale, also one that was not there
 * when it was read. Their names are none that an object can have.
 */
final class Scope {

  private static final String ALL = "(all)";
  private static final String OWNER = "(owner of ";
  private static final String SELECTORS = "(selectors)";

  /** What readings look at in pods that they find by namespace, beside labels and node. */
  private static final List<String> OF_PODS =
      List.of(
          Attributes.READY, Attributes.PHASE, Attributes.CONTAINER_PORTS, Attributes.HOST_PORTS);

  private Scope() {}

  /** Whether it names a group, not an object. */
  static boolean isOne(EntityRef entity) {
    return entity.name().startsWith("(");
  }

  /** All objects of a kind in a namespace. */
  static EntityRef in(String kind, @Nullable String namespace) {
    return EntityRef.of(kind, namespace, ALL);
  }

  /** All objects of a kind. */
  static EntityRef all(String kind) {
    return EntityRef.of(kind, null, ALL);
  }

  /** All workloads of a namespace. */
  static EntityRef workloads(@Nullable String namespace) {
    return EntityRef.of("Workload", namespace, ALL);
  }

  /** Since when a kind is observed. */
  static EntityRef observed(String kind) {
    return EntityRef.of(kind, null, "(observed)");
  }

  /** The pods of a node. */
  static EntityRef podsOf(EntityRef node) {
    return EntityRef.of("Pod", null, "(on " + node.name() + ")");
  }

  /** The pods without a node. */
  static EntityRef unscheduled() {
    return EntityRef.of("Pod", null, "(unscheduled)");
  }

  /** The pods that take ports of their node. */
  static EntityRef hostPorts() {
    return EntityRef.of("Pod", null, "(host ports)");
  }

  /** Who owns an object, which may be told later than what happened to it. */
  static EntityRef ownerOf(EntityRef entity) {
    return EntityRef.of(entity.kind(), entity.namespace(), OWNER + entity.name() + ")");
  }

  /** What the Services of a namespace select: whom an incident hits hangs on it. */
  static EntityRef selectors(@Nullable String namespace) {
    return EntityRef.of("Service", namespace, SELECTORS);
  }

  /** Whether a change of it matters to all who looked, however they read it. */
  static boolean mattersAnyway(EntityRef entity) {
    String name = entity.name();
    return !isOne(entity) || name.startsWith(OWNER) || name.equals(SELECTORS);
  }

  /** What gives Services addresses. */
  static EntityRef balancers() {
    return EntityRef.of("Workload", null, "(load balancers)");
  }

  /**
   * The groups that look different once one state is followed by another.
   *
   * @param before null for an object that is new
   * @param after null for one that is gone
   */
  static Set<EntityRef> touched(@Nullable ObjectSnapshot before, @Nullable ObjectSnapshot after) {
    ObjectSnapshot any = after != null ? after : Objects.requireNonNull(before);
    EntityRef entity = any.entity();
    String kind = entity.kind();
    Set<EntityRef> scopes = new LinkedHashSet<>();
    if (before == null || (after != null && !Objects.equals(owner(before), owner(after)))) {
      scopes.add(ownerOf(entity));
    }
    if (kind.equals("Pod")) {
      if (before == null || after == null || differs(before, after)) {
        pod(before, scopes);
        pod(after, scopes);
      }
    } else if (Kinds.WORKLOADS.contains(kind)) {
      scopes.add(workloads(entity.namespace()));
    } else {
      scopes.add(all(kind));
      scopes.add(in(kind, entity.namespace()));
      if (kind.equals("Service")
          && (before == null || after == null || !before.selector().equals(after.selector()))) {
        scopes.add(selectors(entity.namespace()));
      }
    }
    if (!scopes.isEmpty() && LoadBalancerControllers.isOne(entity)) {
      scopes.add(balancers());
    }
    return scopes;
  }

  private static boolean differs(ObjectSnapshot before, ObjectSnapshot after) {
    return !before.uid().equals(after.uid())
        || !before.labels().equals(after.labels())
        || !Objects.equals(before.deletingAt(), after.deletingAt())
        || !Objects.equals(node(before), node(after))
        || OF_PODS.stream()
            .anyMatch(name -> !Objects.equals(before.attribute(name), after.attribute(name)));
  }

  private static void pod(@Nullable ObjectSnapshot pod, Set<EntityRef> scopes) {
    if (pod == null) {
      return;
    }
    scopes.add(in("Pod", pod.entity().namespace()));
    EntityRef node = node(pod);
    scopes.add(node == null ? unscheduled() : podsOf(node));
    if (pod.attribute(Attributes.HOST_PORTS) != null) {
      scopes.add(hostPorts());
    }
  }

  /** The node that a pod runs on; null before it is scheduled. */
  static @Nullable EntityRef node(ObjectSnapshot pod) {
    return to(pod, Relation.RUNS_ON);
  }

  private static @Nullable EntityRef owner(ObjectSnapshot owned) {
    return to(owned, Relation.OWNED_BY);
  }

  private static @Nullable EntityRef to(ObjectSnapshot from, Relation relation) {
    for (ObjectSnapshot.Edge edge : from.edges()) {
      if (edge.relation() == relation) {
        return edge.to();
      }
    }
    return null;
  }
}
