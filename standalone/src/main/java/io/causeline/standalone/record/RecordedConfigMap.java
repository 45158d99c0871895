package io.causeline.standalone.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Hashes;
import java.util.List;

/**
 * A ConfigMap as a recording holds it: that its content changed matters, what is in it may be
 * nobody else's business. Each value is written as its hash.
 */
final class RecordedConfigMap {

  /** Holds the whole object once more. */
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private static final List<String> CONTENT = List.of("data", "binaryData");

  private RecordedConfigMap() {}

  /** A copy without the values. */
  static ObjectNode of(ObjectNode configMap) {
    ObjectNode copy = configMap.deepCopy();
    if (copy.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(LAST_APPLIED);
    }
    for (String part : CONTENT) {
      if (copy.path(part) instanceof ObjectNode values) {
        configMap
            .path(part)
            .properties()
            .forEach(value -> values.put(value.getKey(), Hashes.id(value.getValue().asText())));
      }
    }
    return copy;
  }

  static void copyContent(ObjectNode from, ObjectNode to) {
    for (String part : CONTENT) {
      JsonNode values = from.get(part);
      if (values != null) {
        to.set(part, values);
      }
    }
  }

  /** Whether a state of it holds what another held: controllers write some every few seconds. */
  static boolean sameContent(ObjectNode recorded, ObjectNode other) {
    return CONTENT.stream().allMatch(part -> content(recorded, part).equals(content(other, part)));
  }

  private static JsonNode content(ObjectNode configMap, String part) {
    return configMap.path(part);
  }
}
