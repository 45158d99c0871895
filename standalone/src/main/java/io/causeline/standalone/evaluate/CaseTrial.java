package io.causeline.standalone.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Json;
import io.causeline.standalone.replay.Diagnosis;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives a case to {@code diagnose}, as Events of the ages that it tells. */
final class CaseTrial {

  /** Any time will do: only ages are told. */
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final Pattern AGE = Pattern.compile("(\\d+)(d|h|m|s)");
  private static final Pattern PROBE =
      Pattern.compile("(startup|liveness|readiness) probe", Pattern.CASE_INSENSITIVE);

  private CaseTrial() {}

  /** What was told, best first; empty where no incident was. */
  static List<Said> run(LabelledCase labelled, Knowledge knowledge) {
    ObjectNode list = Json.mapper().createObjectNode().put("kind", "List");
    ArrayNode items = list.putArray("items");
    int number = 0;
    for (JsonNode row : labelled.events()) {
      items.add(event(row, number++));
    }
    Diagnosis diagnosis = new Diagnosis("default", knowledge, CoreSettings.defaults());
    byte[] input = list.toString().getBytes(StandardCharsets.UTF_8);
    return Said.all(diagnosis.of(labelled.id(), new ByteArrayInputStream(input)));
  }

  private static ObjectNode event(JsonNode row, int number) {
    String kind = text(row, "kind", "Service");
    String name = text(row, "name", "unnamed");
    String namespace = text(row, "namespace", kind.equals("Node") ? "" : "default");
    String message = text(row, "message", "");
    String at = Json.time(NOW.minus(age(text(row, "age", ""))));
    ObjectNode event = Json.mapper().createObjectNode();
    event.put("apiVersion", "v1").put("kind", "Event");
    event
        .putObject("metadata")
        .put("name", name + "." + number)
        .put("namespace", namespace.isEmpty() ? "default" : namespace)
        .put("uid", "00000000-0000-0000-0000-%012d".formatted(number));
    ObjectNode object = event.putObject("involvedObject").put("kind", kind).put("name", name);
    if (!namespace.isEmpty()) {
      object.put("namespace", namespace);
    }
    event.put("reason", text(row, "reason", reason(kind, message)));
    event.put("message", message);
    event.put("type", text(row, "type", "Warning"));
    event.putObject("source").put("component", text(row, "component", ""));
    event.put("firstTimestamp", at).put("lastTimestamp", at);
    event.put("count", Math.max(1, row.path("count").asInt(1)));
    return event;
  }

  /** A message that came without its reason. */
  private static String reason(String kind, String message) {
    if (kind.equals("Service")) {
      return "SyncLoadBalancerFailed";
    }
    return kind.equals("Pod") && PROBE.matcher(message).find() ? "Unhealthy" : "Failed";
  }

  /** Reads what kubectl prints: {@code 4d21h}, {@code 50s (x4 over 2m25s)}; nothing is now. */
  static Duration age(String text) {
    String last = text.strip().split("[ (]", 2)[0].toLowerCase(Locale.ROOT);
    Matcher part = AGE.matcher(last);
    Duration age = Duration.ZERO;
    while (part.find()) {
      long number = Long.parseLong(part.group(1));
      age =
          age.plus(
              switch (part.group(2)) {
                case "d" -> Duration.ofDays(number);
                case "h" -> Duration.ofHours(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
              });
    }
    return age;
  }

  private static String text(JsonNode row, String field, String otherwise) {
    JsonNode value = row.path(field);
    return value.isTextual() && !value.asText().isBlank() ? value.asText() : otherwise;
  }
}
