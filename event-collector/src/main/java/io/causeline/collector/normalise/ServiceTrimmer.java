package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is kept of a Service. */
final class ServiceTrimmer {

  private static final String LOAD_BALANCER = "LoadBalancer";

  private ServiceTrimmer() {}

  static void fill(JsonNode service, SnapshotDraft draft) {
    JsonNode spec = service.path("spec");
    String type = Fields.label(spec, "type");
    draft.selector(spec.path("selector"));
    draft.attribute(Attributes.TYPE, type);
    draft.list(Attributes.PORTS, ports(spec));
    draft.attribute(
        Attributes.EXTERNAL_TRAFFIC_POLICY, Fields.label(spec, "externalTrafficPolicy"));
    draft.attribute(
        Attributes.INTERNAL_TRAFFIC_POLICY, Fields.label(spec, "internalTrafficPolicy"));
    Set<String> addresses = new TreeSet<>();
    for (JsonNode ingress : service.path("status").path("loadBalancer").path("ingress")) {
      String ip = Fields.label(ingress, "ip");
      addresses.add(ip.isEmpty() ? Fields.label(ingress, "hostname") : ip);
    }
    draft.list(Attributes.LOAD_BALANCER, addresses);
    if (type.equals(LOAD_BALANCER)) {
      draft.edge(Relation.PROVIDED_BY, EntityRef.singleton("CloudProvider"));
    }
  }

  private static List<String> ports(JsonNode spec) {
    List<String> ports = new ArrayList<>();
    for (JsonNode port : spec.path("ports")) {
      String number = Fields.label(port, "port");
      String target = Fields.label(port, "targetPort");
      String protocol = Fields.label(port, "protocol");
      ports.add(
          Fields.label(port, "name")
              + ":"
              + number
              + ">"
              + (target.isEmpty() ? number : target)
              + "/"
              + (protocol.isEmpty() ? "TCP" : protocol));
    }
    return ports;
  }
}
