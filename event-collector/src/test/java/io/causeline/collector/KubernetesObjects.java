package io.causeline.collector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import java.util.Map;

/** Small objects as an API server would hold them. */
final class KubernetesObjects {

  private KubernetesObjects() {}

  static ObjectNode event(String name, int count) {
    ObjectNode event = object("Event", "shop", name, "event-" + name);
    event
        .putObject("involvedObject")
        .put("kind", "Pod")
        .put("namespace", "shop")
        .put("name", "web-0");
    event.put("reason", "BackOff").put("message", "Back-off restarting").put("type", "Warning");
    event.put("count", count).put("lastTimestamp", "2026-11-21T08:59:00Z");
    return event;
  }

  static ObjectNode eventOf(String namespace, String name) {
    ObjectNode event = event(name, 1);
    ((ObjectNode) event.path("involvedObject")).put("namespace", namespace);
    return event;
  }

  static ObjectNode pod(String name, String phase) {
    return pod(name, "uid-" + name, phase);
  }

  static ObjectNode pod(String name, String uid, String phase) {
    ObjectNode pod = object("Pod", "shop", name, uid);
    pod.putObject("spec").put("nodeName", "node-1");
    pod.putObject("status").put("phase", phase);
    return pod;
  }

  static ObjectNode node(String name, String heartbeat) {
    ObjectNode node = object("Node", null, name, "uid-" + name);
    node.putObject("spec");
    node.putObject("status")
        .putArray("conditions")
        .addObject()
        .setAll(
            Map.of(
                "type", text("Ready"),
                "status", text("True"),
                "lastHeartbeatTime", text(heartbeat)));
    return node;
  }

  private static com.fasterxml.jackson.databind.JsonNode text(String value) {
    return Json.mapper().getNodeFactory().textNode(value);
  }

  private static ObjectNode object(String kind, String namespace, String name, String uid) {
    ObjectNode object = Json.mapper().createObjectNode().put("kind", kind).put("apiVersion", "v1");
    ObjectNode metadata = object.putObject("metadata").put("name", name).put("uid", uid);
    metadata.put("creationTimestamp", "2026-11-21T08:00:00Z");
    if (namespace != null) {
      metadata.put("namespace", namespace);
    }
    return object;
  }
}
