package io.causeline.standalone.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.causeline.bridge.AlertBridge;
import io.causeline.correlator.Correlator;
import io.causeline.correlator.knowledge.KnowledgeReload;
import io.causeline.model.Incident;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import io.causeline.standalone.broker.EmbeddedBroker;
import io.causeline.standalone.recording.Recorded.Webhook;
import io.causeline.standalone.recording.RecordingReader;
import io.causeline.standalone.recording.Recordings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts while Kafka is away: refused for the time being, never lost, never counted twice. */
class KafkaOutageTest {

  private static final String WEBHOOK = "/webhooks/alertmanager";

  @TempDir Path folder;

  private final Lifecycle lifecycle = new Lifecycle();
  private EmbeddedBroker broker;
  private ApiClient api;

  @BeforeEach
  void startBridgeAndCorrelator() throws Exception {
    broker = EmbeddedBroker.start(0, folder.resolve("kafka"));
    AllInOneSettings settings =
        AllInOneSettings.load(
            null,
            Map.of("CAUSELINE_ALERTMANAGER_DEADLINE", "1s"),
            broker.bootstrapServers(),
            folder.resolve("state"),
            0,
            "default");
    Health health = new Health();
    Metrics metrics = new Metrics();
    Correlator correlator =
        new Correlator(
            settings.correlator(),
            KnowledgeReload.open(null),
            health,
            metrics,
            InstantSource.system());
    AlertBridge bridge =
        new AlertBridge(settings.bridge(), health, metrics, InstantSource.system());
    HttpServer server =
        lifecycle.add(
            "http",
            HttpServer.start(
                settings.bridge().http(),
                health,
                metrics,
                routes -> {
                  correlator.routes(routes);
                  bridge.routes(routes);
                }));
    lifecycle.add("correlator", correlator);
    lifecycle.add("bridge", bridge);
    correlator.start(server.port());
    bridge.start();
    assertThat(correlator.connected().get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(bridge.connected().get(30, TimeUnit.SECONDS)).isTrue();
    api = new ApiClient(server.url());
  }

  @AfterEach
  void stop() {
    lifecycle.close();
    broker.close();
  }

  @Test
  void shouldRefuseUntilKafkaIsBackAndLoseAndDoubleNothingWhenTheBrokerStops() throws Exception {
    List<String> bodies = firingBodies();
    assertThat(api.post(WEBHOOK, bodies.get(0))).isEqualTo(200);
    await().until(() -> alerts().size() == 1);

    int port = Integer.parseInt(broker.bootstrapServers().replace("127.0.0.1:", ""));
    broker.close();

    for (int i = 0; i < 3; i++) {
      assertThat(api.post(WEBHOOK, bodies.get(1))).isEqualTo(503);
    }
    await().until(() -> api.status("/readyz") == 503);

    broker = EmbeddedBroker.start(port, folder.resolve("kafka"));

    // As Alertmanager does: again and again, all that was not answered 200.
    for (String body : bodies) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> api.post(WEBHOOK, body) == 200);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(alerts())
                    .containsExactlyInAnyOrder(
                        "KubeNodeNotReady Node/-/node-2 x1",
                        "KubeNodeUnreachable Node/-/node-2 x1"));
    await().atMost(Duration.ofSeconds(60)).until(() -> api.status("/readyz") == 200);
  }

  /** The first two webhooks of the lost node: one alert each. */
  private static List<String> firingBodies() {
    List<String> bodies = new ArrayList<>();
    try (RecordingReader reader = Recordings.open("node-lost")) {
      reader.forEachRemaining(
          record -> {
            if (record instanceof Webhook webhook
                && webhook.body().toString().contains("\"node\":\"node-2\"")
                && webhook.body().path("status").asText().equals("firing")) {
              bodies.add(webhook.body().toString());
            }
          });
    }
    assertThat(bodies).hasSize(2);
    return bodies;
  }

  private List<String> alerts() throws Exception {
    List<String> alerts = new ArrayList<>();
    for (Incident incident : api.incidents()) {
      for (Incident.TimelineEntry entry : incident.timeline()) {
        if (entry.source() == Incident.Source.ALERT) {
          alerts.add("%s %s x%d".formatted(entry.what(), entry.entity().path(), entry.count()));
        }
      }
    }
    return alerts;
  }
}
