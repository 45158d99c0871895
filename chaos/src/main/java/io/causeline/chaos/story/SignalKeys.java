package io.causeline.chaos.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names of what was told, by which it is found again in Kafka: made from what Kubernetes and
 * Alertmanager said, not from what Causeline made of it.
 */
public final class SignalKeys {

  private SignalKeys() {}

  /** A state of an Event. */
  public static String event(String cluster, String uid, int count) {
    return "event " + cluster + " " + uid + " x" + count;
  }

  /** A state of an object. */
  public static String object(String cluster, String kind, String name, String version) {
    return "object " + cluster + " " + kind + " " + name + " @" + version;
  }

  /** An alert in one status. */
  public static String alert(
      String cluster, Map<String, String> labels, String status, Instant startsAt) {
    return "alert " + cluster + " " + new TreeMap<>(labels) + " " + status + " " + startsAt;
  }

  /** Those of a webhook's alerts. */
  public static List<String> ofWebhook(String cluster, JsonNode body) {
    List<String> keys = new ArrayList<>();
    for (JsonNode alert : body.path("alerts")) {
      keys.add(
          alert(
              cluster,
              strings(alert.path("labels")),
              alert.path("status").asText(),
              Instant.parse(alert.path("startsAt").asText())));
    }
    return keys;
  }

  /** A JSON object of texts. */
  public static Map<String, String> strings(JsonNode object) {
    Map<String, String> strings = new TreeMap<>();
    object.properties().forEach(field -> strings.put(field.getKey(), field.getValue().asText()));
    return strings;
  }
}
