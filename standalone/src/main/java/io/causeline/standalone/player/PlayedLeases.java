package io.causeline.standalone.player;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** Leases with optimistic locking, for collectors that elect a leader. */
final class PlayedLeases {

  private final Map<String, ObjectNode> leases = new HashMap<>();
  private long version = 1;

  synchronized ObjectNode get(String namespace, String name) throws ApiStatus {
    ObjectNode lease = leases.get(namespace + "/" + name);
    if (lease == null) {
      throw ApiStatus.notFound("leases.coordination.k8s.io \"" + name + "\" not found");
    }
    return lease;
  }

  synchronized ObjectNode create(String namespace, ObjectNode lease) throws ApiStatus {
    String name = lease.path("metadata").path("name").asText();
    if (name.isEmpty()) {
      throw ApiStatus.badRequest("metadata.name is required");
    }
    if (leases.containsKey(namespace + "/" + name)) {
      throw ApiStatus.alreadyExists("leases.coordination.k8s.io \"" + name + "\" already exists");
    }
    return store(namespace, name, lease.deepCopy());
  }

  synchronized ObjectNode replace(String namespace, String name, ObjectNode lease)
      throws ApiStatus {
    checkVersion(get(namespace, name), lease);
    return store(namespace, name, lease.deepCopy());
  }

  /** A JSON merge patch (RFC 7386). */
  synchronized ObjectNode merge(String namespace, String name, ObjectNode patch) throws ApiStatus {
    ObjectNode merged = get(namespace, name).deepCopy();
    checkVersion(merged, patch);
    merge(merged, patch);
    return store(namespace, name, merged);
  }

  private ObjectNode store(String namespace, String name, ObjectNode lease) {
    lease
        .withObjectProperty("metadata")
        .put("name", name)
        .put("namespace", namespace)
        .put("resourceVersion", String.valueOf(++version));
    leases.put(namespace + "/" + name, lease);
    return lease;
  }

  private static void checkVersion(ObjectNode current, ObjectNode wanted) throws ApiStatus {
    String expected = wanted.path("metadata").path("resourceVersion").asText();
    if (!expected.isEmpty()
        && !expected.equals(current.path("metadata").path("resourceVersion").asText())) {
      throw ApiStatus.conflict("the lease has been modified; apply your changes to the latest");
    }
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getValue().isNull()) {
        target.remove(field.getKey());
      } else if (field.getValue() instanceof ObjectNode child
          && target.get(field.getKey()) instanceof ObjectNode below) {
        merge(below, child);
      } else {
        target.set(field.getKey(), field.getValue());
      }
    }
  }
}
