package io.causeline.standalone.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import io.causeline.model.Text;
import io.causeline.standalone.recording.Recorded.Watch;
import io.causeline.standalone.recording.Recorded.Webhook;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;

/** A line of a recording, to and from its JSON. */
final class RecordedLine {

  private static final ObjectReader READER =
      Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final ObjectWriter WRITER = Json.mapper().writer();

  private static final String WATCH = "watch";
  private static final String ALERTMANAGER = "alertmanager";

  private RecordedLine() {}

  /** What is wrong with a line, as a clause that follows its place. */
  static final class BadLine extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean cutOff;

    BadLine(String message) {
      this(message, false);
    }

    BadLine(String message, boolean cutOff) {
      super(message);
      this.cutOff = cutOff;
    }

    /** What to do about it. */
    String wayOut() {
      return cutOff
          ? "a recorder that was killed leaves such a line at the end: remove it"
          : "mend or remove it";
    }
  }

  static Recorded parse(String line) throws BadLine {
    ObjectNode json = object(line);
    Instant at = at(json);
    String kind = text(json, "kind");
    return switch (kind) {
      case WATCH -> watch(at, json);
      case ALERTMANAGER -> new Webhook(at, child(json, "body"));
      default ->
          throw new BadLine(
              "\"kind\" is \""
                  + Text.label(kind)
                  + "\", which is neither \"watch\" nor"
                  + " \"alertmanager\"");
    };
  }

  static String format(Recorded recorded) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", Json.time(recorded.at()));
    if (recorded instanceof Watch watch) {
      json.put("kind", WATCH);
      json.put("resource", watch.resource());
      json.putObject("event").put("type", watch.type().name()).set("object", watch.object());
    } else if (recorded instanceof Webhook webhook) {
      json.put("kind", ALERTMANAGER);
      json.set("body", webhook.body());
    }
    try {
      return WRITER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("JSON that was read cannot be written", e);
    }
  }

  private static Watch watch(Instant at, ObjectNode json) throws BadLine {
    ObjectNode event = child(json, "event");
    return new Watch(at, text(json, "resource"), type(event), child(event, "object"));
  }

  private static Watch.Type type(ObjectNode event) throws BadLine {
    String type = text(event, "type");
    return Arrays.stream(Watch.Type.values())
        .filter(known -> known.name().equals(type))
        .findAny()
        .orElseThrow(
            () ->
                new BadLine(
                    "\"type\" is \""
                        + Text.label(type)
                        + "\", which is none of "
                        + Arrays.toString(Watch.Type.values())));
  }

  private static ObjectNode object(String line) throws BadLine {
    try {
      if (READER.readTree(line) instanceof ObjectNode object) {
        return object;
      }
      throw new BadLine("it is not a JSON object");
    } catch (JsonProcessingException e) {
      throw new BadLine(
          "it is not JSON: " + Text.message(e.getOriginalMessage()) + column(e),
          e instanceof JsonEOFException);
    }
  }

  private static String column(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
  }

  private static Instant at(ObjectNode json) throws BadLine {
    String at = text(json, "at");
    try {
      Instant time = OffsetDateTime.parse(at).toInstant();
      if (!time.isAfter(Json.LATEST)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Told below, as is a time that no calendar holds.
    }
    throw new BadLine(
        "\"at\" is \""
            + Text.label(at)
            + "\", which is not a time such as"
            + " 2026-01-31T12:00:00.000Z");
  }

  private static String text(ObjectNode json, String field) throws BadLine {
    JsonNode value = json.get(field);
    if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
      throw new BadLine("\"" + field + "\" is missing or not a text");
    }
    return value.textValue();
  }

  private static ObjectNode child(ObjectNode json, String field) throws BadLine {
    if (json.get(field) instanceof ObjectNode object) {
      return object;
    }
    throw new BadLine("\"" + field + "\" is missing or not a JSON object");
  }
}
