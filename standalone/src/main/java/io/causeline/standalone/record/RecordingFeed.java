package io.causeline.standalone.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.collector.watch.ResourceFeed;
import io.causeline.collector.watch.WatchEvent;
import io.causeline.standalone.recording.Recorded.Watch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One resource, from its watcher to the recording. The first list is recorded as ADDED, but for
 * Events, which are not listed. A list after a gap is told as the changes that it shows.
 */
final class RecordingFeed implements ResourceFeed {

  private static final Logger log = LoggerFactory.getLogger(RecordingFeed.class);
  private static final List<String> IDENTITY =
      List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp");

  /** The plural name, and what the items of a list leave out. */
  record Resource(String plural, String apiVersion, String kind) {
    boolean isEvents() {
      return plural.equals("events");
    }

    boolean isConfigMaps() {
      return plural.equals("configmaps");
    }
  }

  private final Resource resource;
  private final RecordedNamespaces namespaces;
  private final RecordingLog recording;

  /** What is there, by uid: as little of it as a DELETED must say. */
  private final Map<String, ObjectNode> known = new HashMap<>();

  private final Set<String> listed = new HashSet<>();
  private boolean firstList = true;

  RecordingFeed(Resource resource, RecordedNamespaces namespaces, RecordingLog recording) {
    this.resource = resource;
    this.namespaces = namespaces;
    this.recording = recording;
  }

  @Override
  public void listStarts() {
    listed.clear();
  }

  @Override
  public void listItem(JsonNode item) {
    if (item instanceof ObjectNode object && namespaces.admit(object)) {
      listed.add(uid(object));
      ObjectNode before = known.get(uid(object));
      if (before == null) {
        tell(Watch.Type.ADDED, object, !(firstList && resource.isEvents()));
      } else if (!version(before).equals(version(object))) {
        tell(Watch.Type.MODIFIED, object, true);
      }
    }
  }

  @Override
  public void listEnds(String resourceVersion) {
    for (ObjectNode gone : List.copyOf(known.values())) {
      if (!listed.contains(uid(gone))) {
        tell(Watch.Type.DELETED, gone, true);
      }
    }
    listed.clear();
    firstList = false;
  }

  @Override
  public Taken changed(WatchEvent.Changed change) {
    if (change.object() instanceof ObjectNode object && namespaces.admit(object)) {
      ObjectNode before = known.get(uid(object));
      // A watch that is resumed may say again what it has said.
      boolean repeated =
          before != null
              && version(before).equals(version(object))
              && change.type() != WatchEvent.Type.DELETED;
      if (!repeated) {
        tell(type(change.type()), object, true);
      }
    }
    return Taken.TAKEN;
  }

  @Override
  public void bookmark(String resourceVersion) {}

  @Override
  public void unreadable(String reason) {
    log.warn("{}: a line of the watch cannot be read and is not recorded: {}", resource, reason);
  }

  /** Never asked for: there is always room. */
  @Override
  public Position recover(Position taken) {
    return taken;
  }

  private void tell(Watch.Type type, ObjectNode object, boolean recorded) {
    ObjectNode whole =
        resource.isConfigMaps() ? RecordedConfigMap.of(withKind(object)) : withKind(object);
    if (recorded && !(type == Watch.Type.MODIFIED && isMerelyWritten(whole))) {
      recording.write(at -> new Watch(at, resource.plural(), type, whole));
    }
    if (type == Watch.Type.DELETED) {
      known.remove(uid(object));
    } else {
      known.put(uid(object), identity(whole));
    }
  }

  private boolean isMerelyWritten(ObjectNode whole) {
    ObjectNode before = known.get(uid(whole));
    return resource.isConfigMaps()
        && before != null
        && RecordedConfigMap.sameContent(before, whole);
  }

  private ObjectNode withKind(ObjectNode object) {
    if (object.has("kind") && object.has("apiVersion")) {
      return object;
    }
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.put("kind", resource.kind()).put("apiVersion", resource.apiVersion());
    whole.setAll(object);
    return whole;
  }

  private ObjectNode identity(ObjectNode object) {
    ObjectNode identity = JsonNodeFactory.instance.objectNode();
    identity.set("kind", object.get("kind"));
    identity.set("apiVersion", object.get("apiVersion"));
    ObjectNode metadata = identity.putObject("metadata");
    for (String field : IDENTITY) {
      JsonNode value = object.path("metadata").get(field);
      if (value != null) {
        metadata.set(field, value);
      }
    }
    if (resource.isConfigMaps()) {
      RecordedConfigMap.copyContent(object, identity);
    }
    return identity;
  }

  private static Watch.Type type(WatchEvent.Type type) {
    return switch (type) {
      case ADDED -> Watch.Type.ADDED;
      case MODIFIED -> Watch.Type.MODIFIED;
      case DELETED -> Watch.Type.DELETED;
    };
  }

  private static String uid(ObjectNode object) {
    return object.path("metadata").path("uid").asText();
  }

  private static String version(ObjectNode object) {
    return object.path("metadata").path("resourceVersion").asText();
  }
}
