package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Json;
import io.causeline.model.Text;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads fields of JSON that may have any shape: what is not there or not right is empty. */
final class Fields {

  private Fields() {}

  /** A field as one clean line of at most {@link Text#LABEL_BYTES}; empty if there is none. */
  static String label(JsonNode object, String field) {
    return Text.label(raw(object, field));
  }

  /** Like {@link #label}, null instead of empty. */
  static @Nullable String labelOrNull(JsonNode object, String field) {
    String value = label(object, field);
    return value.isEmpty() ? null : value;
  }

  /** A scalar as it is; empty for objects, lists, null and what is missing. */
  static String raw(JsonNode object, String field) {
    return scalar(object.path(field));
  }

  /** A scalar as it is; empty for anything else. */
  static String scalar(JsonNode value) {
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }

  /**
   * A time in RFC 3339; null if it is missing, is none, or is zero as Go writes it ({@code
   * 0001-01-01T00:00:00Z}).
   */
  static @Nullable Instant time(JsonNode object, String field) {
    String value = raw(object, field);
    if (value.isEmpty() || value.length() > 64) {
      return null;
    }
    try {
      Instant time = Instant.parse(value);
      return time.isAfter(Instant.EPOCH) && !time.isAfter(Json.LATEST) ? time : null;
    } catch (DateTimeException e) {
      return null; // as if it were missing: the next best time is taken
    }
  }

  /** A number, cut to what an int holds; 0 if there is none. */
  static int number(JsonNode object, String field) {
    JsonNode value = object.path(field);
    double number = value.isNumber() ? value.asDouble() : value.isTextual() ? value.asDouble(0) : 0;
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
  }

  /** A map of strings, such as labels: at most {@code maxBytes} long; the rest is told. */
  static Map<String, String> strings(
      JsonNode object, int maxBytes, Consumer<String> losses, String what) {
    Map<String, String> out = new LinkedHashMap<>();
    int bytes = 0;
    int lost = 0;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String key = Text.label(field.getKey());
      String value = Text.label(scalar(field.getValue()));
      int size = utf8Length(key) + utf8Length(value);
      if (bytes + size > maxBytes) {
        lost++;
        continue;
      }
      bytes += size;
      out.put(key, value);
    }
    if (lost > 0) {
      losses.accept(what + ": " + lost + " of " + object.size() + " did not fit");
    }
    return out;
  }

  static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
