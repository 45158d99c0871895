package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.util.List;

/**
 * What is kept of objects that configure others: that their content changed can be told, what is in
 * them cannot.
 */
final class ConfigTrimmer {

  private static final String DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class";
  private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";

  /** ConfigMaps in which controllers keep what they write every few seconds. */
  private static final List<String> BOOKKEEPING =
      List.of("-status", "-leader", "-leader-election", "-lock", "-heartbeat", "-election");

  private ConfigTrimmer() {}

  static void configMap(JsonNode configMap, SnapshotDraft draft) {
    JsonNode metadata = configMap.path("metadata");
    if (metadata.path("annotations").has(LEADER) || isBookkeeping(Fields.raw(metadata, "name"))) {
      return;
    }
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    for (String part : List.of("data", "binaryData")) {
      if (!configMap.path(part).isMissingNode()) {
        content.set(part, configMap.path(part));
      }
    }
    draft.attribute(Attributes.DATA, CanonicalJson.hash(content));
  }

  private static boolean isBookkeeping(String name) {
    return BOOKKEEPING.stream().anyMatch(name::endsWith);
  }

  /** A NetworkPolicy, ResourceQuota or LimitRange; how much of a quota is used is not kept. */
  static void spec(JsonNode object, SnapshotDraft draft) {
    if (object.path("spec").isObject()) {
      draft.attribute(Attributes.SPEC, CanonicalJson.hash(object.path("spec")));
    }
  }

  static void ingressClass(JsonNode ingressClass, SnapshotDraft draft) {
    spec(ingressClass, draft);
    draft.attribute(Attributes.CONTROLLER, Fields.label(ingressClass.path("spec"), "controller"));
    JsonNode annotations = ingressClass.path("metadata").path("annotations");
    if (Fields.raw(annotations, DEFAULT_CLASS).equals("true")) {
      draft.attribute(Attributes.DEFAULT, "true");
    }
  }

  /** A PersistentVolumeClaim or a Namespace. */
  static void phase(JsonNode object, SnapshotDraft draft) {
    draft.attribute(Attributes.PHASE, Fields.label(object.path("status"), "phase"));
  }
}
