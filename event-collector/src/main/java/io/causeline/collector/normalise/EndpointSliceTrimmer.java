package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.util.Map;
import java.util.TreeMap;

/** What is kept of an EndpointSlice. */
final class EndpointSliceTrimmer {

  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  private EndpointSliceTrimmer() {}

  /** Pods that are not ready are endpoints too: they are why the Service is not well. */
  static void fill(JsonNode slice, SnapshotDraft draft) {
    JsonNode metadata = slice.path("metadata");
    draft.edge(Relation.SLICE_OF, "Service", draft.namespace(), service(metadata));
    int ready = 0;
    int total = 0;
    Map<String, Integer> nodes = new TreeMap<>();
    for (JsonNode endpoint : slice.path("endpoints")) {
      int addresses = endpoint.path("addresses").size();
      total += addresses;
      // Absent means ready: discovery/v1 EndpointConditions.
      if (endpoint.path("conditions").path("ready").asBoolean(true)) {
        ready += addresses;
        String node = Fields.label(endpoint, "nodeName");
        if (!node.isEmpty()) {
          nodes.merge(node, addresses, Integer::sum);
        }
      }
      Entities.referenced(endpoint.path("targetRef"), draft.namespace())
          .filter(target -> target.kind().equals("Pod"))
          .ifPresent((EntityRef pod) -> draft.edge(Relation.ENDPOINT, pod));
    }
    draft.attribute(Attributes.ENDPOINTS_READY, ready);
    draft.attribute(Attributes.ENDPOINTS_TOTAL, total);
    draft.list(
        Attributes.ENDPOINTS_READY_NODES,
        nodes.entrySet().stream().map(node -> node.getKey() + "=" + node.getValue()).toList());
  }

  private static String service(JsonNode metadata) {
    String label = Fields.label(metadata.path("labels"), SERVICE_NAME);
    if (!label.isEmpty()) {
      return label;
    }
    for (JsonNode owner : metadata.path("ownerReferences")) {
      if (Fields.raw(owner, "kind").equals("Service")) {
        return Fields.label(owner, "name");
      }
    }
    return "";
  }
}
