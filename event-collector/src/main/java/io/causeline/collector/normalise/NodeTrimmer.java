package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What is kept of a Node. Heartbeat times, images and volumes in use are not. */
final class NodeTrimmer {

  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final String OLD_ZONE = "failure-domain.beta.kubernetes.io/zone";

  /** Conditions that are bad news when True, beside those whose names end in Pressure. */
  private static final Set<String> TROUBLES =
      Set.of("NetworkUnavailable", "KernelDeadlock", "ReadonlyFilesystem");

  private static final String EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";

  /** Taints by which the control plane repeats what the conditions, or the cordon, tell. */
  private static final Set<String> REPEATED =
      Set.of(
          "node.kubernetes.io/not-ready",
          "node.kubernetes.io/unreachable",
          "node.kubernetes.io/memory-pressure",
          "node.kubernetes.io/disk-pressure",
          "node.kubernetes.io/pid-pressure",
          "node.kubernetes.io/network-unavailable",
          "node.kubernetes.io/unschedulable");

  /** A length of time as Go writes it, or a number: both grow with each report of one trouble. */
  private static final Pattern NUMBERS =
      Pattern.compile("([0-9]+(\\.[0-9]+)?(h|ms|m|µs|us|ns|s))+|[0-9]+");

  private NodeTrimmer() {}

  static void fill(JsonNode node, SnapshotDraft draft) {
    Conditions.ready(node, draft);
    JsonNode ready = Conditions.of(node, "Ready");
    if (!Fields.raw(ready, "status").equals("True")) {
      draft.attribute(
          Attributes.READY_MESSAGE,
          NUMBERS.matcher(Fields.label(ready, "message")).replaceAll("#"));
    }
    Set<String> pressures = new TreeSet<>();
    for (JsonNode condition : node.path("status").path("conditions")) {
      String type = Fields.label(condition, "type");
      boolean trouble = type.endsWith("Pressure") || TROUBLES.contains(type);
      if (trouble && Fields.raw(condition, "status").equals("True")) {
        pressures.add(type);
      }
    }
    draft.list(Attributes.PRESSURES, pressures);
    JsonNode spec = node.path("spec");
    if (spec.path("unschedulable").asBoolean(false)) {
      draft.attribute(Attributes.UNSCHEDULABLE, "true");
    }
    Set<String> addresses = new TreeSet<>();
    for (JsonNode address : node.path("status").path("addresses")) {
      if (Fields.raw(address, "type").equals("InternalIP")) {
        addresses.add(Fields.label(address, "address"));
      }
    }
    draft.list(Attributes.ADDRESSES, addresses);
    JsonNode labels = node.path("metadata").path("labels");
    draft.labels(labels);
    if (labels.has(EXCLUDED)) { // whatever its value
      draft.attribute(Attributes.EXCLUDED_FROM_LOAD_BALANCERS, "true");
    }
    JsonNode status = node.path("status");
    draft.attribute(Attributes.BOOT_ID, Fields.label(status.path("nodeInfo"), "bootID"));
    draft.attribute(Attributes.PODS_ALLOCATABLE, Fields.label(status.path("allocatable"), "pods"));
    draft.attribute(Attributes.POD_CIDR, Fields.label(spec, "podCIDR"));
    draft.list(Attributes.TAINTS, taints(spec));
    String zone = Fields.label(labels, ZONE);
    draft.attribute(Attributes.ZONE, zone.isEmpty() ? Fields.label(labels, OLD_ZONE) : zone);
    String providerId = Fields.label(spec, "providerID");
    int scheme = providerId.indexOf("://");
    draft.attribute(Attributes.PROVIDER, scheme < 0 ? null : providerId.substring(0, scheme));
  }

  private static Set<String> taints(JsonNode spec) {
    Set<String> taints = new TreeSet<>();
    for (JsonNode taint : spec.path("taints")) {
      String key = Fields.label(taint, "key");
      String value = Fields.label(taint, "value");
      if (!key.isEmpty() && !REPEATED.contains(key)) {
        taints.add(
            key + (value.isEmpty() ? "" : "=" + value) + ":" + Fields.label(taint, "effect"));
      }
    }
    return taints;
  }
}
