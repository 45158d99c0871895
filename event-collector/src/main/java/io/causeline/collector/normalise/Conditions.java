package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.causeline.model.Json;
import io.causeline.model.ObjectSnapshot.Attributes;
import java.time.Instant;

/** Reads {@code status.conditions}. */
final class Conditions {

  private Conditions() {}

  /** The condition of this type; a missing node if there is none. */
  static JsonNode of(JsonNode object, String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (Fields.raw(condition, "type").equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  /** Status, time and reason of the condition Ready. */
  static void ready(JsonNode object, SnapshotDraft draft) {
    JsonNode ready = of(object, "Ready");
    draft.attribute(Attributes.READY, Fields.label(ready, "status"));
    draft.attribute(Attributes.READY_REASON, Fields.label(ready, "reason"));
    Instant since = Fields.time(ready, "lastTransitionTime");
    draft.attribute(Attributes.READY_SINCE, since == null ? null : Json.time(since));
  }
}
