package io.causeline.correlator.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML as the JSON that it stands for. Only {@code true} and {@code false} are booleans: {@code
 * status: True} of a condition is the text that the API server writes, and {@code on} is a word.
 */
public final class YamlJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private YamlJson() {}

  /** With numbers and booleans. */
  public static JsonNode of(Node node) {
    return of(node, YamlJson::typed);
  }

  /** With texts only, as packs mean them. */
  static JsonNode texts(Node node) {
    return of(node, scalar -> JSON.textNode(scalar.getValue()));
  }

  private static JsonNode of(Node node, Function<ScalarNode, JsonNode> scalar) {
    if (node instanceof MappingNode mapping) {
      ObjectNode object = JSON.objectNode();
      for (NodeTuple tuple : mapping.getValue()) {
        String key = tuple.getKeyNode() instanceof ScalarNode named ? named.getValue() : "";
        object.set(key, of(tuple.getValueNode(), scalar));
      }
      return object;
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      sequence.getValue().forEach(each -> array.add(of(each, scalar)));
      return array;
    }
    return node instanceof ScalarNode value ? scalar.apply(value) : JSON.nullNode();
  }

  private static JsonNode typed(ScalarNode node) {
    String value = node.getValue();
    if (!node.isPlain()) {
      return JSON.textNode(value);
    }
    if (value.equals("true") || value.equals("false")) {
      return JSON.booleanNode(value.equals("true"));
    }
    if (node.getTag().equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    return value.matches("-?(0|[1-9]\\d{0,17})")
        ? JSON.numberNode(Long.parseLong(value))
        : JSON.textNode(value);
  }
}
