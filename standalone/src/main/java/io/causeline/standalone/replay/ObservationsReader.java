package io.causeline.standalone.replay;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import io.causeline.model.Text;
import io.causeline.service.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what {@code kubectl get events,pods,… -o json} prints, single objects, watch events,
 * Alertmanager's webhook bodies and its {@code GET /api/v2/alerts}: one JSON document or several,
 * one after the other or in an array.
 */
final class ObservationsReader {

  private static final String ACCEPTED =
      "diagnose reads what 'kubectl get events -A -o json' prints, Alertmanager's webhook bodies and"
          + " its GET /api/v2/alerts";

  private final String name;
  private final List<JsonNode> events = new ArrayList<>();
  private final List<JsonNode> objects = new ArrayList<>();
  private final List<JsonNode> alerts = new ArrayList<>();

  private ObservationsReader(String name) {
    this.name = name;
  }

  /**
   * Reads it to the end.
   *
   * @param name for messages: the file, or standard input
   * @throws StartupException naming place, fault and way out
   */
  static Observations read(String name, InputStream input) {
    ObservationsReader reader = new ObservationsReader(name);
    reader.documents(input);
    return new Observations(reader.events, reader.objects, reader.alerts);
  }

  private void documents(InputStream input) {
    JsonLocation start = JsonLocation.NA;
    // By way of a Reader, so that what is no UTF-8 is replaced instead of refused.
    try (JsonParser parser =
        Json.mapper()
            .getFactory()
            .createParser(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      int documents = 0;
      while (parser.nextToken() != null) {
        start = parser.currentTokenLocation();
        document(parser.readValueAsTree(), start);
        documents++;
      }
      if (documents == 0) {
        throw new StartupException(name + " is empty; " + ACCEPTED);
      }
    } catch (JsonProcessingException e) {
      throw new StartupException(
          at(e.getLocation() == null ? start : e.getLocation())
              + ": not JSON: "
              + Text.message(e.getOriginalMessage())
              + "; "
              + ACCEPTED,
          e);
    } catch (IOException e) {
      throw new StartupException("cannot read " + name + ": " + e, e);
    }
  }

  private void document(JsonNode node, JsonLocation start) {
    if (node.isArray()) {
      node.forEach(element -> document(element, start));
    } else if (!(node instanceof ObjectNode object) || !understood(object, start)) {
      throw new StartupException(at(start) + ": " + described(node) + "; " + ACCEPTED);
    }
  }

  private boolean understood(ObjectNode object, JsonLocation start) {
    String kind = object.path("kind").asText();
    if (object.path("items").isArray() && (kind.endsWith("List") || kind.isEmpty())) {
      for (JsonNode item : object.path("items")) {
        item(item, kind.equals("List") ? "" : kind.replaceFirst("List$", ""), start);
      }
    } else if (object.path("alerts").isArray()) {
      object.path("alerts").forEach(alerts::add);
    } else if (object.path("labels").isObject() && object.has("startsAt")) {
      alerts.add(object);
    } else if (object.path("object").isObject() && object.path("type").isTextual()) {
      document(object.path("object"), start);
    } else if (!kind.isEmpty() && object.path("metadata").isObject()) {
      item(object, kind, start);
    } else {
      return false;
    }
    return true;
  }

  /** Items of a typed list do not tell their kind. */
  private void item(JsonNode item, String kindOfList, JsonLocation start) {
    if (!(item instanceof ObjectNode object)) {
      throw new StartupException(at(start) + ": an item of the list is no object; " + ACCEPTED);
    }
    String kind = object.path("kind").asText(kindOfList);
    if (kind.equals("Event")) {
      events.add(object);
    } else {
      objects.add(object.has("kind") ? object : object.deepCopy().put("kind", kind));
    }
  }

  private static String described(JsonNode node) {
    if (node.path("at").isTextual() && node.path("kind").isTextual()) {
      return "this is a recording: hand it to 'causeline replay'";
    }
    if (node.path("kind").asText().equals("Status")) {
      return "this is an error of the API server: " + Text.message(node.path("message").asText());
    }
    return "this JSON is neither a list of Events nor alerts: "
        + Text.cut(Text.clean(node.toString()), 80);
  }

  private String at(JsonLocation location) {
    return name + ":" + Math.max(1, location.getLineNr());
  }
}
