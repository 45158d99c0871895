package io.causeline.standalone.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * Which namespaces are recorded. What belongs to none, such as a node and the Events about it, is
 * always recorded.
 *
 * @param names empty for all
 */
record RecordedNamespaces(Set<String> names) {

  RecordedNamespaces {
    names = Set.copyOf(names);
  }

  boolean admit(JsonNode object) {
    if (names.isEmpty()) {
      return true;
    }
    JsonNode subject =
        object.has("involvedObject") ? object.path("involvedObject") : object.path("regarding");
    JsonNode holder = subject.isObject() ? subject : object.path("metadata");
    String namespace = holder.path("namespace").asText();
    return namespace.isEmpty() || names.contains(namespace);
  }
}
