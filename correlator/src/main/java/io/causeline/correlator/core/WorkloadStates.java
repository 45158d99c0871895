package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** States of a workload; a pod's are those of its top owner. */
final class WorkloadStates {

  /** By revision; one that tells none is older than all that do. */
  private static final Comparator<ObjectSnapshot> BY_AGE =
      Comparator.<ObjectSnapshot>comparingInt(
              revision -> Numbers.of(revision, Attributes.REVISION).orElse(-1))
          .thenComparing(
              revision -> {
                Instant created = revision.createdAt();
                return created == null ? Instant.EPOCH : created;
              })
          .thenComparing(revision -> revision.entity().name());

  private WorkloadStates() {}

  static boolean holds(StateKind state, EntityRef subject, TopologyView view) {
    boolean pod = subject.kind().equals("Pod");
    if (!pod && !Kinds.WORKLOADS.contains(subject.kind())) {
      return false;
    }
    ObjectSnapshot workload = view.nearest(view.topOwner(subject));
    if (workload == null) {
      return false;
    }
    return switch (state) {
      case SCALED_TO_ZERO -> "0".equals(workload.attribute(Attributes.REPLICAS));
      case NO_READY_PODS -> noReadyPods(workload);
      case NEW_REVISION_NOT_READY -> newRevisionNotReady(view.revisions(workload.entity()));
      case ALL_REVISIONS_READY ->
          workload.entity().kind().equals("Deployment")
              && allReady(view.revisions(workload.entity()));
      case WITHOUT_READINESS_PROBE ->
          "false".equals(workload.attribute(Attributes.READINESS_PROBE));
      case PROBE_PORT_UNDECLARED -> probePortUndeclared(workload);
      default -> throw new IllegalArgumentException(state + " is not a state of a workload");
    };
  }

  private static boolean noReadyPods(ObjectSnapshot workload) {
    return workload.entity().kind().equals("Pod")
        ? "False".equals(workload.attribute(Attributes.READY))
        : Numbers.of(workload, Attributes.REPLICAS).orElse(0) > 0
            && Numbers.of(workload, Attributes.REPLICAS_READY).orElse(-1) == 0;
  }

  private static boolean newRevisionNotReady(List<ObjectSnapshot> revisions) {
    if (revisions.size() < 2) {
      return false;
    }
    ObjectSnapshot newest = revisions.stream().max(BY_AGE).orElseThrow();
    return Numbers.of(newest, Attributes.REPLICAS).orElse(0) > 0
        && readyOf(newest) == 0
        && revisions.stream().anyMatch(other -> !other.equals(newest) && readyOf(other) > 0);
  }

  /** At least one wants pods, and each has all that it wants. */
  private static boolean allReady(List<ObjectSnapshot> revisions) {
    List<ObjectSnapshot> wanted =
        revisions.stream()
            .filter(revision -> Numbers.of(revision, Attributes.REPLICAS).orElse(0) > 0)
            .toList();
    return !wanted.isEmpty()
        && wanted.stream()
            .allMatch(one -> readyOf(one) >= Numbers.of(one, Attributes.REPLICAS).orElse(0));
  }

  private static int readyOf(ObjectSnapshot revision) {
    return Numbers.of(revision, Attributes.REPLICAS_READY).orElse(0);
  }

  private static boolean probePortUndeclared(ObjectSnapshot workload) {
    List<ContainerPort> declared = ContainerPort.of(workload);
    if (declared.isEmpty()) {
      return false;
    }
    for (String probe : ChangeDraft.items(workload, Attributes.PROBE_PORTS)) {
      String port = probe.substring(probe.lastIndexOf('=') + 1);
      if (declared.stream().noneMatch(one -> one.is(port))) {
        return true;
      }
    }
    return false;
  }
}
