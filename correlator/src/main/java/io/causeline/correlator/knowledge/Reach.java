package io.causeline.correlator.knowledge;

import io.causeline.model.Relation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a line can lead to its cause's locus at all: which kinds each relation connects. A line
 * that cannot would be accepted and never speak.
 */
final class Reach {

  /** Kinds of which a cluster has one place, which everything leads to. */
  private static final Set<String> SINGLETONS =
      Set.of("CloudProvider", "ControlPlane", "Cluster", "ClusterNetwork", "ClusterDNS");

  private static final Set<String> WORKLOADS =
      Set.of(
          Cause.WORKLOAD,
          "Deployment",
          "StatefulSet",
          "DaemonSet",
          "Job",
          "CronJob",
          "ReplicaSet",
          "ReplicationController");

  private static final String ANY = "Any";

  private Reach() {}

  /** Why no signal of these kinds leads to the locus; null if one may. */
  static @Nullable String fault(String locus, Set<String> kinds, List<Relation> via) {
    if (locus.equals(ANY) || (kinds.isEmpty() && via.isEmpty())) {
      return null;
    }
    if (via.isEmpty()) {
      boolean leads = kinds.stream().anyMatch(kind -> leadsByItself(kind, locus));
      return leads
          ? null
          : "can never match: nothing leads from "
              + words(kinds)
              + " to "
              + locus
              + " by itself; name the way with via";
    }
    Set<String> at = kinds;
    for (int i = 0; i < via.size(); i++) {
      Set<String> next = new LinkedHashSet<>();
      if (at.isEmpty() && i == 0) {
        next.addAll(ends(null, via.get(i)));
      }
      for (String kind : at) {
        next.addAll(ends(kind, via.get(i)));
      }
      if (next.isEmpty()) {
        return "can never match: no relation " + via.get(i).word() + " begins at " + words(at);
      }
      at = next;
    }
    boolean arrives = at.stream().anyMatch(kind -> fits(kind, locus));
    return arrives
        ? null
        : "can never match: via leads to " + words(at) + ", but the locus is " + locus;
  }

  private static boolean leadsByItself(String kind, String locus) {
    return SINGLETONS.contains(locus)
        || fits(kind, locus)
        || (locus.equals("Registry") && kind.equals("Pod"));
  }

  private static boolean fits(String kind, String locus) {
    return kind.equals(locus)
        || (locus.equals(Cause.WORKLOAD) && (kind.equals("Pod") || WORKLOADS.contains(kind)))
        || (kind.equals(Cause.WORKLOAD) && WORKLOADS.contains(locus));
  }

  /** Where a relation leads from this kind; from any that it begins at where null. */
  private static Set<String> ends(@Nullable String kind, Relation relation) {
    return switch (relation) {
      case ROUTES -> from(kind, Set.of("Ingress"), Set.of("Service"));
      case SELECTS -> from(kind, Set.of("Service"), Set.of("Pod"));
      case BACKED_BY -> from(kind, Set.of("Service"), Set.of(Cause.WORKLOAD));
      case SLICE_OF -> from(kind, Set.of("EndpointSlice"), Set.of("Service"));
      case ENDPOINT -> from(kind, Set.of("EndpointSlice"), Set.of("Pod"));
      case RUNS_ON ->
          kind != null && WORKLOADS.contains(kind)
              ? Set.of("Node")
              : from(kind, Set.of("Pod"), Set.of("Node"));
      case OWNED_BY ->
          kind != null && WORKLOADS.contains(kind)
              ? Set.of(Cause.WORKLOAD)
              : from(kind, Set.of("Pod"), Set.of(Cause.WORKLOAD));
      case PULLS_FROM -> from(kind, Set.of("Pod"), Set.of("Registry"));
      case MOUNTS ->
          "Ingress".equals(kind)
              ? Set.of("Secret")
              : from(kind, Set.of("Pod"), Set.of("Secret", "ConfigMap", "PersistentVolumeClaim"));
      case PROVIDED_BY -> from(kind, Set.of("Service"), Set.of("CloudProvider"));
      case CONTROLLED_BY -> Set.of("ControlPlane");
    };
  }

  private static Set<String> from(@Nullable String kind, Set<String> begin, Set<String> end) {
    return kind == null || begin.contains(kind) ? end : Set.of();
  }

  private static String words(Set<String> kinds) {
    return kinds.stream().sorted().collect(Collectors.joining(" or "));
  }
}
