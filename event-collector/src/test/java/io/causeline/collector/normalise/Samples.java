package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Objects and events of a real cluster, and what malice makes of them. */
final class Samples {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Samples() {}

  static ObjectNode read(String resource) {
    try (InputStream in = Samples.class.getResourceAsStream("/" + resource)) {
      return (ObjectNode) Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands over the object once for each of its fields and items and each hostile value there. */
  static int mutations(ObjectNode object, Consumer<JsonNode> check) {
    int done = 0;
    for (JsonNode hostile : hostile()) {
      List<Runnable> places = new ArrayList<>();
      int count = places(object.deepCopy(), hostile, places);
      for (int i = 0; i < count; i++) {
        ObjectNode copy = object.deepCopy();
        places.clear();
        places(copy, hostile, places);
        places.get(i).run();
        check.accept(copy);
        done++;
      }
    }
    return done;
  }

  private static int places(JsonNode node, JsonNode hostile, List<Runnable> places) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                places.add(() -> object.set(field.getKey(), hostile));
                places(field.getValue(), hostile, places);
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        places.add(() -> array.set(index, hostile));
        places(array.get(i), hostile, places);
      }
    }
    return places.size();
  }

  private static List<JsonNode> hostile() {
    return List.of(
        NODES.nullNode(),
        NODES.textNode(""),
        NODES.textNode("a/b\u0000\u202e\ud800,=\n"),
        NODES.textNode("-292278994-08-17T07:12:55Z"),
        NODES.numberNode(1e300),
        NODES.numberNode(-1),
        NODES.booleanNode(true),
        NODES.arrayNode().add(NODES.arrayNode()).add(1).add(NODES.objectNode()),
        NODES.objectNode().set("name", NODES.objectNode()));
  }
}
