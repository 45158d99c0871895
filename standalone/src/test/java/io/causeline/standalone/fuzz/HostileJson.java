package io.causeline.standalone.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.causeline.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Documents as Kubernetes and Alertmanager send them, in which anything stands in any place. */
public final class HostileJson {

  private HostileJson() {}

  /** What breaks terminals, shells, pages, patterns and readers. */
  public static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(30),
        Arbitraries.of(
            "\u0000\u001b[31m\u0007",
            "\u202egnp.exe\u200b",
            "\ud800 \udc00 \uffff\ufeff",
            "$(id)`id`'; rm -rf / #",
            "<!channel> <script>alert(1)</script> *_~",
            "(a+)+$ [ \\Q {1000000}",
            "{\"a\":[[[null",
            "../../etc/passwd",
            "-n",
            "2026-99-99T99:99:99Z",
            "+1000000000-12-31T23:59:59.999999999Z",
            "-0001-01-01T00:00:00Z",
            "99999999999999999999",
            "Warning",
            "firing",
            "True",
            "/",
            "a/b/c",
            "x".repeat(70_000),
            "configmap \"".repeat(8000)));
  }

  private static Arbitrary<JsonNode> values() {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return Arbitraries.oneOf(
        texts().map(TextNode::valueOf),
        texts().map(TextNode::valueOf),
        Arbitraries.of(
            make.nullNode(),
            make.booleanNode(true),
            make.numberNode(-1),
            make.numberNode(Long.MAX_VALUE),
            make.numberNode(1e308),
            make.numberNode(Double.NaN),
            make.arrayNode(),
            make.objectNode(),
            make.arrayNode().add(make.nullNode()).add(make.arrayNode()).add(7).add("x")));
  }

  /**
   * One of these documents, in which some values are others.
   *
   * @param documents as they should be
   */
  public static Arbitrary<JsonNode> damaged(String... documents) {
    return Arbitraries.of(documents)
        .flatMap(
            document ->
                Combinators.combine(
                        Arbitraries.integers().between(0, 10_000).list().ofMaxSize(4),
                        values().list().ofSize(4))
                    .as((places, values) -> damaged(document, places, values)));
  }

  private static JsonNode damaged(String document, List<Integer> places, List<JsonNode> values) {
    JsonNode root;
    try {
      root = Json.mapper().readTree(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int i = 0; i < places.size(); i++) {
      List<Runnable> changes = new ArrayList<>();
      collect(root, values.get(i), changes);
      if (!changes.isEmpty()) {
        changes.get(places.get(i) % changes.size()).run();
      }
    }
    return root;
  }

  private static void collect(JsonNode node, JsonNode value, List<Runnable> changes) {
    if (node instanceof ObjectNode object) {
      object
          .fieldNames()
          .forEachRemaining(
              name -> {
                changes.add(() -> object.set(name, value.deepCopy()));
                collect(object.get(name), value, changes);
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        changes.add(() -> array.set(at, value.deepCopy()));
        if (array.get(i) instanceof ContainerNode<?>) {
          collect(array.get(i), value, changes);
        }
      }
    }
  }
}
