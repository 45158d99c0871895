package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.time.Instant;

/** Whether a state holds at a place and time. What was never seen has no state. */
final class LocusStates {

  private final Topology topology;

  LocusStates(Topology topology) {
    this.topology = topology;
  }

  boolean holds(StateKind state, EntityRef locus, EntityRef object, Instant time) {
    return holds(state, topology.latest(locus) == null ? object : locus, time);
  }

  private boolean holds(StateKind state, EntityRef locus, Instant time) {
    ObjectSnapshot snapshot = topology.asOf(locus, time);
    if (snapshot == null) {
      return false;
    }
    return switch (state) {
      case SELECTOR_MATCHES_NO_POD ->
          !snapshot.selector().isEmpty()
              && topology.matching(snapshot, time).isEmpty()
              && !anyTemplateMatches(snapshot, time);
      case SELECTOR_MATCHES_PODS -> !topology.matching(snapshot, time).isEmpty();
      case NODE_READY -> "True".equals(snapshot.attribute(Attributes.READY));
      case NODE_NOT_READY -> {
        String ready = snapshot.attribute(Attributes.READY);
        yield ready != null && !ready.equals("True");
      }
      case NODE_CORDONED -> "true".equals(snapshot.attribute(Attributes.UNSCHEDULABLE));
      case SCALED_TO_ZERO -> "0".equals(snapshot.attribute(Attributes.REPLICAS));
      default -> false;
    };
  }

  /** A workload that makes such pods exists: then it has none, which is another fault. */
  private boolean anyTemplateMatches(ObjectSnapshot service, Instant time) {
    for (String kind : Kinds.WORKLOADS) {
      if (kind.equals("ReplicaSet")) {
        // Old revisions stay behind with their old labels.
        continue;
      }
      for (EntityRef workload : topology.inNamespace(kind, service.entity().namespace())) {
        ObjectSnapshot candidate = topology.asOf(workload, time);
        if (candidate != null
            && candidate.labels().entrySet().containsAll(service.selector().entrySet())) {
          return true;
        }
      }
    }
    return false;
  }
}
