package io.causeline.bridge.alertmanager;

import io.causeline.bridge.BridgeSettings;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Metrics;
import io.causeline.service.SettingsLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The webhook on a real HTTP server, with Kafka faked. */
final class RunningIntake implements AutoCloseable {

  final FakeKafka kafka = new FakeKafka();
  final Metrics metrics = new Metrics();
  final AlertIntake intake;
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Heartbeats are not begun. */
  RunningIntake(Map<String, String> settings) {
    Map<String, String> overrides = new HashMap<>(settings);
    overrides.put("causeline.kafka.bootstrap-servers", "127.0.0.1:1");
    overrides.put("causeline.http.port", "0");
    overrides.putIfAbsent("causeline.cluster", "home");
    BridgeSettings loaded = SettingsLoader.of(null, Map.of(), overrides).load(BridgeSettings.class);
    intake =
        new AlertIntake(
            loaded.alertmanager(),
            loaded.cluster(),
            loaded.http().maxBodyBytes(),
            kafka,
            metrics,
            InstantSource.system());
    server = HttpServer.start(loaded.http(), new Health(), metrics, intake::routes);
  }

  URI uri(String path) {
    return URI.create(server.url() + path);
  }

  HttpResponse<String> post(byte[] body) {
    return post(WebhookHandler.PATH, body);
  }

  HttpResponse<String> post(String body) {
    return post(body.getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<String> post(String path, byte[] body) {
    return send(request(path).POST(BodyPublishers.ofByteArray(body)).build());
  }

  CompletableFuture<HttpResponse<String>> postAsync(byte[] body) {
    return client.sendAsync(
        request(WebhookHandler.PATH).POST(BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many webhooks had this outcome. */
  double answered(WebhookOutcome outcome) {
    Double count =
        metrics.value(
            "causeline_bridge_webhook_duration_seconds_count",
            Map.of("code", String.valueOf(outcome.status()), "outcome", outcome.word()));
    return count == null ? 0 : count;
  }

  double counted(String counter, Map<String, String> labels) {
    Double count = metrics.value(counter, labels);
    return count == null ? 0 : count;
  }

  @Override
  public void close() {
    kafka.release();
    intake.close();
    server.close();
  }
}
