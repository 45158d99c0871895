package io.causeline.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a benchmark in a Java process of its own, so that none finds a heap, a compiler or threads
 * that another has left behind.
 */
final class BenchProcess {

  private final List<String> command;

  private BenchProcess(List<String> command) {
    this.command = List.copyOf(command);
  }

  /** With this process' Java, options and class path. */
  static BenchProcess likeThis() {
    List<String> command = new ArrayList<>();
    command.add(String.join(File.separator, System.getProperty("java.home", ""), "bin", "java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path", ""));
    command.add(Main.class.getName());
    command.add("bench");
    return new BenchProcess(command);
  }

  /** Runs one, which tells its progress where this process does; what it printed last. */
  ObjectNode run(String bench) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(command);
    line.add(bench);
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread end = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(end);
    try {
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return result(bench, out, process.waitFor());
    } finally {
      process.destroy();
      Runtime.getRuntime().removeShutdownHook(end);
    }
  }

  /**
   * What a benchmark's process says: the JSON object of its last line; if there is none, that it is
   * not ok and how it ended.
   */
  static ObjectNode result(String bench, String out, int exit) {
    List<String> lines = out.lines().filter(line -> !line.isBlank()).toList();
    if (!lines.isEmpty()) {
      try {
        JsonNode last = Json.mapper().readTree(lines.get(lines.size() - 1));
        if (last instanceof ObjectNode object && object.path("bench").asText().equals(bench)) {
          return object;
        }
      } catch (JsonProcessingException e) {
        // No result; said below.
      }
    }
    return Json.mapper()
        .createObjectNode()
        .put("bench", bench)
        .put("ok", false)
        .put("error", "ended with exit code " + exit + " and no result; see its log");
  }
}
