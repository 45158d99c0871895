package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.util.Set;
import java.util.TreeSet;

/** What is kept of an Ingress. */
final class IngressTrimmer {

  private static final String OLD_CLASS = "kubernetes.io/ingress.class";

  private IngressTrimmer() {}

  static void fill(JsonNode ingress, SnapshotDraft draft) {
    JsonNode spec = ingress.path("spec");
    String ingressClass = Fields.label(spec, "ingressClassName");
    draft.attribute(
        Attributes.INGRESS_CLASS,
        ingressClass.isEmpty()
            ? Fields.label(ingress.path("metadata").path("annotations"), OLD_CLASS)
            : ingressClass);
    Set<String> backends = new TreeSet<>();
    Set<String> hosts = new TreeSet<>();
    route(spec.path("defaultBackend"), backends, draft);
    for (JsonNode rule : spec.path("rules")) {
      hosts.add(Fields.label(rule, "host"));
      for (JsonNode path : rule.path("http").path("paths")) {
        route(path.path("backend"), backends, draft);
      }
    }
    draft.list(Attributes.BACKENDS, backends);
    draft.list(Attributes.HOSTS, hosts);
    ObjectNode rules = JsonNodeFactory.instance.objectNode();
    rules.set("default", spec.path("defaultBackend"));
    rules.set("rules", spec.path("rules"));
    draft.attribute(Attributes.RULES, CanonicalJson.hash(rules));
    draft.attribute(Attributes.TLS, CanonicalJson.hash(spec.path("tls")));
    draft.list(Attributes.ANNOTATIONS, Annotations.hashed(ingress.path("metadata")));
    ServiceTrimmer.loadBalancer(ingress, draft);
    for (JsonNode tls : spec.path("tls")) {
      draft.edge(Relation.MOUNTS, "Secret", draft.namespace(), Fields.raw(tls, "secretName"));
    }
  }

  private static void route(JsonNode backend, Set<String> backends, SnapshotDraft draft) {
    JsonNode service = backend.path("service");
    draft.edge(Relation.ROUTES, "Service", draft.namespace(), Fields.raw(service, "name"));
    String number = Fields.label(service.path("port"), "number");
    String port = number.isEmpty() ? Fields.label(service.path("port"), "name") : number;
    String name = Fields.label(service, "name");
    if (!name.isEmpty() && !port.isEmpty()) {
      backends.add(name + ":" + port);
    }
  }
}
