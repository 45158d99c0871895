package io.causeline.standalone.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person hands to {@code diagnose}: Events, objects as they are now, and alerts.
 *
 * @param events core/v1 or events.k8s.io/v1
 * @param objects each with its kind
 * @param alerts of webhook bodies or of {@code GET /api/v2/alerts}
 */
record Observations(List<JsonNode> events, List<JsonNode> objects, List<JsonNode> alerts) {

  /** The greatest time in it: "now", as far as it can tell. */
  Optional<Instant> now() {
    List<Instant> times = new ArrayList<>();
    events.forEach(event -> collectTimes(event, times));
    objects.forEach(object -> collectTimes(object, times));
    alerts.forEach(alert -> collectAlertTimes(alert, times));
    return times.stream().max(Instant::compareTo);
  }

  /** All that Kubernetes' own naming of fields marks as a time that has been. */
  private static void collectTimes(JsonNode node, List<Instant> times) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        if (field.getValue().isTextual()) {
          if (namesTime(field.getKey())) {
            time(field.getValue()).ifPresent(times::add);
          }
        } else {
          collectTimes(field.getValue(), times);
        }
      }
    } else if (node.isArray()) {
      node.forEach(element -> collectTimes(element, times));
    }
  }

  private static boolean namesTime(String field) {
    return field.endsWith("Timestamp") || field.endsWith("Time") || field.endsWith("At");
  }

  /** The end of an alert that fires is when it will be given up, some minutes ahead. */
  private static void collectAlertTimes(JsonNode alert, List<Instant> times) {
    time(alert.path("startsAt")).ifPresent(times::add);
    time(alert.path("updatedAt")).ifPresent(times::add);
    if (alert.path("status").asText().equals("resolved")) {
      time(alert.path("endsAt")).ifPresent(times::add);
    }
  }

  private static Optional<Instant> time(JsonNode value) {
    try {
      return Optional.of(OffsetDateTime.parse(value.asText()).toInstant())
          .filter(time -> time.isAfter(Instant.EPOCH) && !time.isAfter(Json.LATEST));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
