package io.causeline.standalone.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.collector.normalise.WatchedKind;
import io.causeline.model.EntityRef;
import io.causeline.model.Json;
import io.causeline.standalone.recording.Recorded.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A story's objects as a watch tells them. What the API server adds to each object and a story
 * leaves out is added here: uid, resourceVersion and creationTimestamp.
 */
final class StoryObjects {

  private static final Duration AGE = Duration.ofDays(1);

  private final Map<EntityRef, ObjectNode> present = new HashMap<>();
  private long version = 1000;

  /** An object that was there long before anyone looked. */
  Optional<Watch> old(ObjectNode object, Instant at) {
    return tell(object, at, at.minus(AGE));
  }

  /** An object as it is now; a new one was created now. */
  Optional<Watch> told(ObjectNode object, Instant at) {
    return tell(object, at, at);
  }

  /** An object that is deleted, known before or not. */
  Optional<Watch> gone(EntityRef entity, Instant at) {
    ObjectNode known = present.remove(entity);
    ObjectNode object = known;
    if (object == null) {
      object = JsonNodeFactory.instance.objectNode().put("kind", entity.kind());
      ObjectNode metadata = object.putObject("metadata").put("name", entity.name());
      if (entity.namespace() != null) {
        metadata.put("namespace", entity.namespace());
      }
    }
    ObjectNode last = object.deepCopy();
    last.withObjectProperty("metadata").put("resourceVersion", String.valueOf(++version));
    return watch(last, at, Watch.Type.DELETED);
  }

  /** The uid of an object that is there. */
  @Nullable String uid(@Nullable EntityRef entity) {
    ObjectNode known = entity == null ? null : present.get(entity);
    return known == null ? null : known.path("metadata").path("uid").asText();
  }

  /** What an object is called. */
  static EntityRef ref(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return EntityRef.of(
        object.path("kind").asText(),
        metadata.hasNonNull("namespace") ? metadata.path("namespace").asText() : null,
        metadata.path("name").asText());
  }

  private Optional<Watch> tell(ObjectNode object, Instant at, Instant createdAt) {
    EntityRef entity = ref(object);
    ObjectNode known = present.get(entity);
    ObjectNode whole = object.deepCopy();
    ObjectNode metadata = whole.withObjectProperty("metadata");
    metadata.put("resourceVersion", String.valueOf(++version));
    if (!metadata.hasNonNull("uid")) {
      metadata.put("uid", known == null ? "uid-" + version : uid(entity));
    }
    if (!metadata.hasNonNull("creationTimestamp")) {
      metadata.put(
          "creationTimestamp",
          known == null
              ? Json.time(createdAt)
              : known.path("metadata").path("creationTimestamp").asText());
    }
    for (JsonNode owner : metadata.path("ownerReferences")) {
      if (owner instanceof ObjectNode reference && !reference.has("controller")) {
        reference.put("controller", true);
      }
    }
    present.put(entity, whole);
    return watch(whole, at, known == null ? Watch.Type.ADDED : Watch.Type.MODIFIED);
  }

  private static Optional<Watch> watch(ObjectNode object, Instant at, Watch.Type type) {
    return WatchedKind.ofKind(object.path("kind").asText())
        .map(kind -> new Watch(at, kind.resource(), type, object));
  }
}
