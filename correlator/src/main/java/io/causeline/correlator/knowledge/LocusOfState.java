package io.causeline.correlator.knowledge;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which kind of object has a state: of a locus of another kind it never holds. */
final class LocusOfState {

  /** Loci that are objects and have states of their own. */
  private static final Set<String> OBJECTS = Set.of("Service", "Node", "Ingress", "Workload");

  private static final Map<String, String> PREFIXES =
      Map.of(
          "selector-", "Service",
          "endpoints-", "Service",
          "target-port-", "Service",
          "load-balancer-", "Service",
          "local-policy-", "Service",
          "node-", "Node",
          "backend-", "Ingress",
          "ingress-", "Ingress");

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("node-port-taken", "Service"),
          Map.entry("backends-scaled-to-zero", "Service"),
          Map.entry("internal-local-without-local-endpoint", "Service"),
          Map.entry("selectorless-without-endpoints", "Service"),
          Map.entry("external-name-invalid", "Service"),
          Map.entry("publishes-not-ready", "Service"),
          Map.entry("not-load-balancer", "Service"),
          Map.entry("peers-not-ready", "Node"),
          Map.entry("zone-not-ready", "Node"),
          Map.entry("scaled-to-zero", "Workload"),
          Map.entry("no-ready-pods", "Workload"),
          Map.entry("new-revision-not-ready", "Workload"),
          Map.entry("all-revisions-ready", "Workload"),
          Map.entry("without-readiness-probe", "Workload"),
          Map.entry("probe-port-undeclared", "Workload"));

  private LocusOfState() {}

  /** Why a state never holds at a locus; null if it may. */
  static @Nullable String fault(StateKind state, String locus) {
    String kind = kind(state.word());
    return kind == null || kind.equals(locus) || !OBJECTS.contains(locus)
        ? null
        : "can never match: "
            + state.word()
            + " is a state of a "
            + kind
            + ", but the locus is "
            + locus;
  }

  private static @Nullable String kind(String word) {
    String exact = WORDS.get(word);
    if (exact != null) {
      return exact;
    }
    return PREFIXES.entrySet().stream()
        .filter(entry -> word.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }
}
