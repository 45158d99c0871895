package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Hashes;
import java.util.TreeMap;

/** A hash of JSON that depends neither on the order of its fields nor on those that are null. */
final class CanonicalJson {

  private CanonicalJson() {}

  /** 16 hex digits, the same for the same content. */
  static String hash(JsonNode node) {
    StringBuilder out = new StringBuilder(1024);
    write(node, out);
    return Hashes.id(out.toString());
  }

  private static void write(JsonNode node, StringBuilder out) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
      out.append('{');
      sorted.forEach(
          (name, value) -> {
            if (!value.isNull()) {
              quote(name, out);
              out.append(':');
              write(value, out);
              out.append(',');
            }
          });
      out.append('}');
    } else if (node.isArray()) {
      out.append('[');
      for (JsonNode item : node) {
        write(item, out);
        out.append(',');
      }
      out.append(']');
    } else if (node.isTextual()) {
      quote(node.textValue(), out);
    } else {
      out.append(node.asText());
    }
  }

  /** Length first, so that no content can imitate a structure. */
  private static void quote(String text, StringBuilder out) {
    out.append('"').append(text.length()).append(':').append(text).append('"');
  }
}
