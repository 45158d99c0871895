package io.causeline.bridge.alertmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The real Alertmanager of Debian's package, on an ephemeral loopback port. */
final class RealAlertmanager implements AutoCloseable {

  static final Path BINARY = Path.of("/usr/bin/prometheus-alertmanager");

  private static final Pattern LISTENING =
      Pattern.compile("Listening on.*?address=\"?(?:\\S*:)(\\d+)");

  private final Process process;
  private final List<String> log = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI api;

  /** Starts one whose only receiver is {@code webhook}; groups wait and repeat within a second. */
  RealAlertmanager(Path folder, URI webhook) throws IOException {
    Path config = folder.resolve("alertmanager.yml");
    Files.writeString(
        config,
        String.join(
            "\n",
            "route:",
            "  receiver: causeline",
            "  group_by: [alertname]",
            "  group_wait: 100ms",
            "  group_interval: 500ms",
            "  repeat_interval: 1h",
            "receivers:",
            "  - name: causeline",
            "    webhook_configs:",
            "      - url: " + webhook,
            ""));
    process =
        new ProcessBuilder(
                BINARY.toString(),
                "--config.file=" + config,
                "--storage.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:0",
                "--cluster.listen-address=",
                "--log.level=debug")
            .redirectErrorStream(true)
            .start();
    CompletableFuture<Integer> port = new CompletableFuture<>();
    Thread reader = new Thread(() -> follow(port), "alertmanager-log");
    reader.setDaemon(true);
    reader.start();
    try {
      api = URI.create("http://127.0.0.1:" + port.get(20, TimeUnit.SECONDS) + "/api/v2/alerts");
    } catch (Exception e) {
      process.destroyForcibly();
      throw new IOException("Alertmanager did not start: " + log(), e);
    }
  }

  /** Tells it of an alert, as a Prometheus does. */
  void alert(Map<String, String> labels, Instant startsAt, @Nullable Instant endsAt)
      throws IOException, InterruptedException {
    ObjectNode alert = Json.mapper().createObjectNode();
    labels.forEach(alert.putObject("labels")::put);
    alert
        .putObject("annotations")
        .put("summary", "It is broken.")
        .put("runbook_url", "https://r/b");
    alert.put("startsAt", startsAt.toString());
    if (endsAt != null) {
      alert.put("endsAt", endsAt.toString());
    }
    alert.put("generatorURL", "http://prometheus:9090/graph?g0.expr=up");
    ArrayNode alerts = Json.mapper().createArrayNode().add(alert);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(api)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(alerts)))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("Alertmanager refused the alert: " + answer.body());
    }
  }

  /** What {@code GET /api/v2/alerts} says. */
  String alerts() throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(api).build(), BodyHandlers.ofString()).body();
  }

  /** What it logged, to explain a failure. */
  String log() {
    synchronized (log) {
      return String.join("\n", log);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void follow(CompletableFuture<Integer> port) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (log) {
          log.add(line);
        }
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          port.complete(Integer.parseInt(listening.group(1)));
        }
      }
      port.completeExceptionally(new IOException("it ended"));
    } catch (IOException e) {
      // Its end cuts the stream.
      port.completeExceptionally(new UncheckedIOException(e));
    }
  }
}
