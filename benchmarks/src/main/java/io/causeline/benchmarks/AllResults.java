package io.causeline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The results of all benchmarks, as a table for people and as one line for programs. */
record AllResults(List<ObjectNode> results) {

  private static final List<String> HEADS = List.of("benchmark", "ok", "figure", "value", "target");

  AllResults {
    results = List.copyOf(results);
  }

  /** Whether every one is. */
  boolean ok() {
    return results.stream().allMatch(result -> result.path("ok").asBoolean(false));
  }

  /** {@code ok}, and the {@code results} as each printed it. */
  String json() {
    ObjectNode all = Json.mapper().createObjectNode();
    all.put("ok", ok());
    all.putArray("results").addAll(results);
    return new String(Json.bytes(all), StandardCharsets.UTF_8);
  }

  /** A line for each figure that has a target, and one for a benchmark without any. */
  List<String> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    for (ObjectNode result : results) {
      rows.addAll(rows(result));
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int widest = widest(rows, column);
        line.append(row.get(column))
            .append(" ".repeat(widest - row.get(column).length()))
            .append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static List<List<String>> rows(ObjectNode result) {
    String bench = result.path("bench").asText();
    String ok = result.path("ok").asBoolean(false) ? "yes" : "NO";
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> target : result.path("target").properties()) {
      String figure = target.getKey();
      String value = result.path(figure).asText();
      boolean first = rows.isEmpty();
      rows.add(
          List.of(first ? bench : "", first ? ok : "", figure, value, target.getValue().asText()));
    }
    if (rows.isEmpty()) {
      rows.add(List.of(bench, ok, result.path("error").asText(""), "", ""));
    }
    return rows;
  }

  private static int widest(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
