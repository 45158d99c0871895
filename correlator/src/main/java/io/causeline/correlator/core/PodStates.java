package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.util.Collections;
import java.util.Set;

/** States of a pod, and of the claims that it mounts. */
final class PodStates {

  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private PodStates() {}

  static boolean holds(StateKind state, EntityRef subject, TopologyView view) {
    if (state == StateKind.CLAIM_PENDING) {
      return claimPending(subject, view);
    }
    ObjectSnapshot pod = subject.kind().equals("Pod") ? view.nearest(subject) : null;
    if (pod == null) {
      return false;
    }
    return switch (state) {
      case HOST_PORT_TAKEN -> hostPortTaken(pod, view);
      case DNS_POLICY_IGNORED ->
          "true".equals(pod.attribute(Attributes.HOST_NETWORK))
              && "ClusterFirst".equals(pod.attribute(Attributes.DNS_POLICY));
      default -> throw new IllegalArgumentException(state + " is not a state of a Pod");
    };
  }

  /** One that has no node yet may be kept from any: a pod anywhere counts. */
  private static boolean hostPortTaken(ObjectSnapshot pod, TopologyView view) {
    Set<String> ports = ChangeDraft.items(pod, Attributes.HOST_PORTS);
    if (ports.isEmpty()) {
      return false;
    }
    EntityRef node = Scope.node(pod);
    for (ObjectSnapshot other : view.withHostPorts()) {
      EntityRef othersNode = Scope.node(other);
      boolean meets = othersNode != null && (node == null || node.equals(othersNode));
      if (meets
          && !other.entity().equals(pod.entity())
          && !ENDED.contains(ChangeDraft.value(other, Attributes.PHASE))
          && !Collections.disjoint(ports, ChangeDraft.items(other, Attributes.HOST_PORTS))) {
        return true;
      }
    }
    return false;
  }

  private static boolean claimPending(EntityRef subject, TopologyView view) {
    if (subject.kind().equals("PersistentVolumeClaim")) {
      return isPending(view.nearest(subject));
    }
    ObjectSnapshot pod = subject.kind().equals("Pod") ? view.nearest(subject) : null;
    return pod != null
        && pod.edges().stream()
            .filter(edge -> edge.relation() == Relation.MOUNTS)
            .filter(edge -> edge.to().kind().equals("PersistentVolumeClaim"))
            .anyMatch(edge -> isPending(view.nearest(edge.to())));
  }

  private static boolean isPending(@org.jspecify.annotations.Nullable ObjectSnapshot claim) {
    return claim != null && "Pending".equals(claim.attribute(Attributes.PHASE));
  }
}
