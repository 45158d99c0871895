package io.causeline.correlator.knowledge;

import io.causeline.model.Relation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a line can lead to its cause's locus at all: which kinds each relation connects, what
 * leads by itself, and of what a change or a state is told. A line that cannot would be accepted
 * and never speak.
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

  /** What has no namespace, and so no Namespace to lead to. */
  private static final Set<String> CLUSTER_SCOPED =
      Set.of("Node", "PersistentVolume", "IngressClass", "StorageClass");

  /** Places that are no object: they have the states of the signal's own object. */
  private static final Set<String> VIRTUAL = Set.of("KubeProxy", "Registry", "AdmissionWebhook");

  private static final Set<String> MOUNTED = Set.of("Secret", "ConfigMap", "PersistentVolumeClaim");

  private static final String ANY = "Any";

  private Reach() {}

  /** Why a line about signals never leads to the locus; null if it may. */
  static @Nullable String fault(String locus, Matcher line) {
    if (line instanceof Matcher.OnState state) {
      return stateFault(locus, state.state());
    }
    Set<String> kinds = Set.of();
    if (line instanceof Matcher.OnEvent event) {
      kinds = event.kinds();
    } else if (line instanceof Matcher.OnAlert alert) {
      kinds = alert.kinds();
    } else if (line instanceof Matcher.OnChange change) {
      String fault = changeFault(change);
      if (fault != null) {
        return fault;
      }
      kinds = change.kinds().isEmpty() ? Subjects.of(change.change()) : change.kinds();
    }
    if (line.namesPlace()) {
      return SINGLETONS.contains(locus)
          ? "can never match: there is one " + locus + ", which no message or label can name"
          : null;
    }
    return fault(locus, kinds, line.via());
  }

  /** Why no signal of these kinds leads to the locus; null if one may. */
  private static @Nullable String fault(String locus, Set<String> kinds, List<Relation> via) {
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
    boolean arrives = at.stream().anyMatch(kind -> leadsByItself(kind, locus));
    return arrives
        ? null
        : "can never match: via leads to " + words(at) + ", but the locus is " + locus;
  }

  /** Why such a change is never told; null if it may be. */
  static @Nullable String changeFault(Matcher.OnChange line) {
    Set<String> subjects = Subjects.of(line.change());
    boolean told =
        line.kinds().isEmpty()
            || line.kinds().stream()
                .anyMatch(
                    kind ->
                        kind.equals(Cause.WORKLOAD)
                            ? subjects.stream().anyMatch(WORKLOADS::contains)
                            : subjects.contains(kind));
    return told
        ? null
        : "can never match: "
            + line.change().word()
            + " is told of "
            + words(subjects)
            + ", not of "
            + words(line.kinds());
  }

  /** Why the state never holds at such a locus; null if it may. */
  private static @Nullable String stateFault(String locus, StateKind state) {
    return locus.equals(ANY)
            || SINGLETONS.contains(locus)
            || VIRTUAL.contains(locus)
            || isStateOf(state, locus)
        ? null
        : "can never match: "
            + state.word()
            + " is a state of "
            + state.subject()
            + ", but the locus is "
            + locus;
  }

  /** Whether an object of this kind can be in the state. */
  static boolean isStateOf(StateKind state, String kind) {
    String subject = state.subject();
    return subject.equals(Subjects.CLUSTER)
        || subject.equals(kind)
        || (subject.equals(Cause.WORKLOAD) && WORKLOADS.contains(kind))
        || (kind.equals("Volume") && subject.equals("PersistentVolumeClaim"));
  }

  private static boolean leadsByItself(String kind, String locus) {
    if (SINGLETONS.contains(locus) || fits(kind, locus)) {
      return true;
    }
    return switch (locus) {
      case "KubeProxy" -> true;
      case "Registry" -> kind.equals("Pod");
      case "Namespace" -> !CLUSTER_SCOPED.contains(kind);
      case "Service" -> Set.of("Endpoints", "EndpointSlice", "TargetGroupBinding").contains(kind);
      case "Volume" -> Set.of("Pod", "PersistentVolumeClaim", "PersistentVolume").contains(kind);
      case "Certificate" ->
          Set.of("CertificateRequest", "Order", "Challenge", "Secret").contains(kind);
      case "AdmissionWebhook" ->
          Set.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration").contains(kind);
      default ->
          WORKLOADS.contains(locus)
              && Set.of("HorizontalPodAutoscaler", "PodDisruptionBudget").contains(kind);
    };
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
      case RAN_ON -> from(kind, Set.of("Pod"), Set.of("Node"));
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
              : kind != null && WORKLOADS.contains(kind)
                  ? MOUNTED
                  : from(kind, Set.of("Pod"), MOUNTED);
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
