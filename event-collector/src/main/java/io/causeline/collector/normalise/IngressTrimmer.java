package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;

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
    route(spec.path("defaultBackend"), draft);
    for (JsonNode rule : spec.path("rules")) {
      for (JsonNode path : rule.path("http").path("paths")) {
        route(path.path("backend"), draft);
      }
    }
    for (JsonNode tls : spec.path("tls")) {
      draft.edge(Relation.MOUNTS, "Secret", draft.namespace(), Fields.raw(tls, "secretName"));
    }
  }

  private static void route(JsonNode backend, SnapshotDraft draft) {
    draft.edge(
        Relation.ROUTES, "Service", draft.namespace(), Fields.raw(backend.path("service"), "name"));
  }
}
