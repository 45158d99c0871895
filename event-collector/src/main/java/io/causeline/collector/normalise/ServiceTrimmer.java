package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import io.causeline.model.Text;
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
    draft.list(Attributes.NODE_PORTS, nodePorts(spec));
    draft.attribute(
        Attributes.EXTERNAL_TRAFFIC_POLICY, Fields.label(spec, "externalTrafficPolicy"));
    draft.attribute(
        Attributes.INTERNAL_TRAFFIC_POLICY, Fields.label(spec, "internalTrafficPolicy"));
    loadBalancer(service, draft);
    draft.attribute(Attributes.SESSION_AFFINITY, Fields.label(spec, "sessionAffinity"));
    draft.attribute(Attributes.LOAD_BALANCER_IP, Fields.label(spec, "loadBalancerIP"));
    draft.attribute(Attributes.LOAD_BALANCER_CLASS, Fields.label(spec, "loadBalancerClass"));
    draft.list(
        Attributes.LOAD_BALANCER_SOURCE_RANGES, scalars(spec.path("loadBalancerSourceRanges")));
    draft.attribute(Attributes.EXTERNAL_NAME, Fields.label(spec, "externalName"));
    draft.list(Attributes.EXTERNAL_IPS, scalars(spec.path("externalIPs")));
    if (spec.path("publishNotReadyAddresses").asBoolean(false)) {
      draft.attribute(Attributes.PUBLISH_NOT_READY_ADDRESSES, "true");
    }
    draft.list(Attributes.ANNOTATIONS, Annotations.ofLoadBalancer(service.path("metadata")));
    if (type.equals(LOAD_BALANCER)) {
      draft.edge(Relation.PROVIDED_BY, EntityRef.singleton("CloudProvider"));
    }
  }

  /** Addresses or host names that a load balancer gave a Service or an Ingress. */
  static void loadBalancer(JsonNode object, SnapshotDraft draft) {
    Set<String> addresses = new TreeSet<>();
    for (JsonNode ingress : object.path("status").path("loadBalancer").path("ingress")) {
      String ip = Fields.label(ingress, "ip");
      addresses.add(ip.isEmpty() ? Fields.label(ingress, "hostname") : ip);
    }
    draft.list(Attributes.LOAD_BALANCER, addresses);
  }

  private static Set<String> scalars(JsonNode list) {
    Set<String> values = new TreeSet<>();
    for (JsonNode value : list) {
      values.add(Text.label(Fields.scalar(value)));
    }
    return values;
  }

  private static List<String> nodePorts(JsonNode spec) {
    List<String> ports = new ArrayList<>();
    for (JsonNode port : spec.path("ports")) {
      int nodePort = Fields.number(port, "nodePort");
      if (nodePort > 0) {
        String protocol = Fields.label(port, "protocol");
        ports.add(nodePort + "/" + (protocol.isEmpty() ? "TCP" : protocol));
      }
    }
    return ports;
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
