package io.causeline.correlator.knowledge;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What changes tell beside their kind, by the words of {@link ChangeKind}. */
final class ChangeAttributes {

  private static final Map<String, Set<String>> NAMES =
      Map.ofEntries(
          Map.entry("template-changed", Set.of("images", "from", "to")),
          Map.entry("replicas-changed", Set.of("from", "to")),
          Map.entry("selector-changed", Set.of("from", "to")),
          Map.entry("service-changed", Set.of("field", "from", "to")),
          Map.entry("config-changed", Set.of("field", "from", "to")),
          Map.entry("load-balancer-assigned", Set.of("address")),
          Map.entry("load-balancer-removed", Set.of("address")),
          Map.entry("node-condition", Set.of("Ready", "reason", "message")),
          Map.entry("node-pressure", Set.of("pressure", "value")),
          Map.entry("node-cordon", Set.of("unschedulable")),
          Map.entry("taints-changed", Set.of("added", "removed")),
          Map.entry("labels-changed", Set.of("keys")),
          Map.entry("container-terminated", Set.of("container", "reason", "exitCode")),
          Map.entry("container-waiting", Set.of("container", "reason")),
          Map.entry("pod-ready", Set.of()),
          Map.entry("pod-unready", Set.of()));

  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "node-condition.Ready",
          Set.of("True", "False", "Unknown"),
          "node-pressure.value",
          Set.of("True", "False"),
          "node-pressure.pressure",
          Set.of(
              "MemoryPressure",
              "DiskPressure",
              "PIDPressure",
              "NetworkUnavailable",
              "KernelDeadlock",
              "ReadonlyFilesystem"),
          "node-cordon.unschedulable",
          Set.of("true", "false"));

  private ChangeAttributes() {}

  /** The attributes of a kind of change; null where that is not said here. */
  static @Nullable Set<String> of(ChangeKind kind) {
    return NAMES.get(kind.word());
  }

  /** The values that an attribute can have; null where there is no end of them. */
  static @Nullable Set<String> values(ChangeKind kind, String attribute) {
    return VALUES.get(kind.word() + "." + attribute);
  }
}
