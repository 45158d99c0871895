package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.util.Set;
import java.util.TreeSet;

/** What is kept of a Node. Heartbeat times, images, capacity and volumes in use are not. */
final class NodeTrimmer {

  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final String OLD_ZONE = "failure-domain.beta.kubernetes.io/zone";

  /** Conditions that are bad news when True, beside those whose names end in Pressure. */
  private static final Set<String> TROUBLES =
      Set.of("NetworkUnavailable", "KernelDeadlock", "ReadonlyFilesystem");

  private NodeTrimmer() {}

  static void fill(JsonNode node, SnapshotDraft draft) {
    Conditions.ready(node, draft);
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
    String zone = Fields.label(labels, ZONE);
    draft.attribute(Attributes.ZONE, zone.isEmpty() ? Fields.label(labels, OLD_ZONE) : zone);
    String providerId = Fields.label(spec, "providerID");
    int scheme = providerId.indexOf("://");
    draft.attribute(Attributes.PROVIDER, scheme < 0 ? null : providerId.substring(0, scheme));
  }
}
