package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** What a node says of itself, and how it stands among its peers. */
final class NodeStates {

  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /** Set by the cluster-autoscaler before it takes a node away; service controllers heed it. */
  private static final String TO_BE_DELETED = "ToBeDeletedByClusterAutoscaler";

  private NodeStates() {}

  static boolean holds(StateKind state, EntityRef subject, TopologyView view) {
    ObjectSnapshot node = subject.kind().equals("Node") ? view.nearest(subject) : null;
    if (node == null) {
      return false;
    }
    return switch (state) {
      case NODE_READY -> isReady(node);
      case NODE_NOT_READY -> isNotReady(node);
      case NODE_CORDONED -> "true".equals(node.attribute(Attributes.UNSCHEDULABLE));
      case NODE_WITHOUT_PROVIDER_ID -> node.attribute(Attributes.PROVIDER) == null;
      case NODE_NETWORK_UNAVAILABLE ->
          ChangeDraft.items(node, Attributes.PRESSURES).contains("NetworkUnavailable");
      case NODE_EXCLUDED_FROM_LOAD_BALANCERS -> isExcluded(node);
      case NODE_WITHOUT_POD_CIDR ->
          node.attribute(Attributes.POD_CIDR) == null
              && view.all("Node").stream()
                  .anyMatch(other -> other.attribute(Attributes.POD_CIDR) != null);
      case NODE_PODS_FULL -> isFull(node, view);
      case PEERS_NOT_READY ->
          view.all("Node").stream()
                  .filter(other -> !other.entity().equals(node.entity()) && isNotReady(other))
                  .count()
              >= 2;
      case ZONE_NOT_READY -> zoneNotReady(node, view);
      default -> throw new IllegalArgumentException(state + " is not a state of a Node");
    };
  }

  static boolean isReady(ObjectSnapshot node) {
    return "True".equals(node.attribute(Attributes.READY));
  }

  static boolean isNotReady(ObjectSnapshot node) {
    String ready = node.attribute(Attributes.READY);
    return ready != null && !ready.equals("True");
  }

  private static boolean isExcluded(ObjectSnapshot node) {
    return "true".equals(node.attribute(Attributes.EXCLUDED_FROM_LOAD_BALANCERS));
  }

  /** Whether service controllers make it a target of load balancers. */
  static boolean isEligibleForLoadBalancers(ObjectSnapshot node) {
    return isReady(node)
        && !isExcluded(node)
        && ChangeDraft.items(node, Attributes.TAINTS).stream()
            .noneMatch(taint -> taint.startsWith(TO_BE_DELETED));
  }

  private static boolean isFull(ObjectSnapshot node, TopologyView view) {
    OptionalInt allocatable = Numbers.of(node, Attributes.PODS_ALLOCATABLE);
    return allocatable.isPresent()
        && allocatable.getAsInt() > 0
        && view.podsOf(node.entity()).stream()
                .filter(pod -> !ENDED.contains(ChangeDraft.value(pod, Attributes.PHASE)))
                .count()
            >= allocatable.getAsInt();
  }

  private static boolean zoneNotReady(ObjectSnapshot node, TopologyView view) {
    String zone = node.attribute(Attributes.ZONE);
    if (zone == null) {
      return false;
    }
    List<ObjectSnapshot> nodes = view.all("Node");
    long inZone = nodes.stream().filter(other -> isIn(zone, other)).count();
    long down = nodes.stream().filter(other -> isIn(zone, other) && isNotReady(other)).count();
    return down >= 2 && 2 * down >= inZone && othersWell(zone, nodes);
  }

  /** Whether there are other zones, and no node of theirs is down. */
  static boolean othersWell(String zone, List<ObjectSnapshot> nodes) {
    List<ObjectSnapshot> others = nodes.stream().filter(other -> !isIn(zone, other)).toList();
    return others.stream().anyMatch(NodeStates::isReady)
        && others.stream().noneMatch(NodeStates::isNotReady);
  }

  private static boolean isIn(String zone, ObjectSnapshot node) {
    return zone.equals(node.attribute(Attributes.ZONE));
  }
}
