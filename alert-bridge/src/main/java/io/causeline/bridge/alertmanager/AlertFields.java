package io.causeline.bridge.alertmanager;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.causeline.model.Text;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What counts of one alert, read in one go without a tree of it: of every field that is not named
 * here nothing is kept. Of a field that is there twice the last counts.
 *
 * @param object whether it is a JSON object at all; else nothing else is set
 * @param labels null if they are missing or no object
 * @param status null if it is missing, null or an object, as {@code GET /api/v2/alerts} has it
 * @param startsAt null if it is no text, as are {@code endsAt} and {@code generatorUrl}
 * @param notes annotations that are no lists or objects, by name
 */
record AlertFields(
    boolean object,
    @Nullable AlertLabels labels,
    @Nullable String status,
    @Nullable String startsAt,
    @Nullable String endsAt,
    @Nullable String generatorUrl,
    Map<String, String> notes) {

  private static final AlertFields NO_OBJECT =
      new AlertFields(false, null, null, null, null, null, Map.of());

  /** Reads the value that the parser is at, and leaves the parser at its end. */
  static AlertFields read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return NO_OBJECT;
    }
    AlertLabels labels = null;
    String status = null;
    String startsAt = null;
    String endsAt = null;
    String generatorUrl = null;
    Map<String, String> notes = Map.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "labels" -> labels = labels(json);
        case "annotations" -> notes = notes(json);
        case "status" -> status = status(json);
        case "startsAt" -> startsAt = textual(json);
        case "endsAt" -> endsAt = textual(json);
        case "generatorURL" -> generatorUrl = textual(json);
        default -> json.skipChildren();
      }
    }
    return new AlertFields(true, labels, status, startsAt, endsAt, generatorUrl, notes);
  }

  private static @Nullable AlertLabels labels(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    NavigableMap<String, String> all = new TreeMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = Text.clean(json.currentName());
      json.nextToken();
      String value = Text.clean(scalar(json));
      if (value.isEmpty()) {
        all.remove(name);
      } else {
        all.put(name, value);
      }
    }
    return AlertLabels.taking(all);
  }

  private static Map<String, String> notes(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return Map.of();
    }
    Map<String, String> notes = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      String value = scalar(json);
      if (value == null) {
        notes.remove(name);
      } else {
        notes.put(name, value);
      }
    }
    return notes;
  }

  private static @Nullable String status(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    String word = scalar(json);
    return token == JsonToken.START_ARRAY ? "[]" : word;
  }

  private static @Nullable String textual(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }

  /** A text, number or truth value as text; null for all else, which is skipped. */
  private static @Nullable String scalar(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT -> json.getText();
      case VALUE_NUMBER_FLOAT -> String.valueOf(json.getDoubleValue());
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      default -> {
        json.skipChildren();
        yield null;
      }
    };
  }
}
