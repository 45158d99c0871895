package io.causeline.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.causeline.service.Lifecycle;
import io.causeline.service.SettingsException;
import io.causeline.service.SettingsLoader;
import io.causeline.service.StartupException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AlertBridgeServiceTest {

  private static final String BODY =
      "{\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"A\"}}]}";

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void shouldListenAndAskToComeAgainWhenKafkaCannotBeReached() throws Exception {
    try (Lifecycle lifecycle = new Lifecycle()) {
      AlertBridgeService.Running bridge =
          AlertBridgeService.open(
              settings(Map.of("causeline.kafka.bootstrap-servers", "127.0.0.1:" + closedPort())),
              lifecycle,
              InstantSource.system());
      HttpResponse<String> answer =
          client.send(
              request(bridge, "/webhooks/alertmanager").POST(BodyPublishers.ofString(BODY)).build(),
              BodyHandlers.ofString());
      HttpResponse<String> live = get(bridge, "/healthz");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.body()).contains("no connection to Kafka");
      assertThat(live.statusCode()).isEqualTo(200);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                HttpResponse<String> ready = get(bridge, "/readyz");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains("alert-bridge: kafka", "127.0.0.1:");
              });
      assertThat(bridge.bridge().connected()).isNotDone();
      assertThat(get(bridge, "/metrics").body())
          .contains(
              "causeline_bridge_webhook_duration_seconds_count{code=\"503\",outcome=\"unstored\",}")
          .contains("causeline_bridge_alerts_total{outcome=\"unstored\",} 1.0");
    }
  }

  @Test
  void shouldSayThatOnlyAPersonCanMendItWhenKafkasSettingsAreWrong() throws Exception {
    BridgeSettings settings = settings(Map.of("causeline.kafka.properties.\"acks\"", "0"));
    try (Lifecycle lifecycle = new Lifecycle()) {

      assertThatThrownBy(() -> AlertBridgeService.start(settings, lifecycle))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("acks");
    }
  }

  @Test
  void shouldReturnWhenItIsStoppedBeforeKafkaAnswers() throws Exception {
    Lifecycle lifecycle = new Lifecycle();
    BridgeSettings settings =
        settings(Map.of("causeline.kafka.bootstrap-servers", "127.0.0.1:" + closedPort()));
    CompletableFuture<Void> started =
        CompletableFuture.runAsync(() -> AlertBridgeService.start(settings, lifecycle));

    await().during(Duration.ofMillis(200)).until(() -> !started.isDone());
    lifecycle.close();

    assertThat(started).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void shouldFailAndLeaveNothingBehindWhenThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      BridgeSettings settings =
          settings(Map.of("causeline.http.port", String.valueOf(taken.getLocalPort())));

      assertThatThrownBy(() -> AlertBridgeService.start(settings, new Lifecycle()))
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
    }
  }

  @Test
  void shouldHaveDefaultsThatWork() {
    BridgeSettings settings = settings(Map.of());

    assertThat(BridgeSettingsCheck.faults(settings)).isEmpty();
    assertThat(settings.cluster()).isEqualTo("default");
    assertThat(settings.alertmanager().deadline()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.alertmanager().clusters()).isEmpty();
    assertThat(settings.alertmanager().watchdogTimeout()).isEmpty();
    assertThat(settings.http().maxBodyBytes()).isEqualTo(16 * 1024 * 1024);
  }

  @Test
  void shouldNameEveryContradictionWhenSettingsCannotWork() {
    Map<String, String> wrong =
        Map.of(
            "causeline.http.max-body-bytes", "1000",
            "causeline.alertmanager.max-in-flight-bytes", "999",
            "causeline.alertmanager.deadline", "10s",
            "causeline.alertmanager.heartbeat-interval", "1m");

    assertThatThrownBy(() -> settings(wrong))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("causeline.http.max-body-bytes = 1000")
        .hasMessageContaining("causeline.alertmanager.max-in-flight-bytes = 999")
        .hasMessageContaining("causeline.alertmanager.deadline = PT10S")
        .hasMessageContaining("causeline.alertmanager.heartbeat-interval = PT1M");
  }

  @Test
  void shouldReadTheClustersFromOneVariableAndRefuseWhatIsNoName() {
    assertThat(
            environment("CAUSELINE_ALERTMANAGER_CLUSTERS", "east,west").alertmanager().clusters())
        .hasValueSatisfying(clusters -> assertThat(clusters).containsExactly("east", "west"));
    assertThatThrownBy(() -> environment("CAUSELINE_ALERTMANAGER_CLUSTERS", "a/b"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("a/b");
  }

  private static BridgeSettings environment(String name, String value) {
    return SettingsLoader.of(
            null,
            Map.of(name, value),
            Map.of("causeline.kafka.bootstrap-servers", "127.0.0.1:1", "causeline.http.port", "0"))
        .load(BridgeSettings.class, BridgeSettingsCheck::faults);
  }

  private static BridgeSettings settings(Map<String, String> some) {
    Map<String, String> overrides = new HashMap<>(some);
    overrides.putIfAbsent("causeline.kafka.bootstrap-servers", "127.0.0.1:1");
    overrides.putIfAbsent("causeline.http.port", "0");
    return SettingsLoader.of(null, Map.of(), overrides)
        .load(BridgeSettings.class, BridgeSettingsCheck::faults);
  }

  private HttpResponse<String> get(AlertBridgeService.Running bridge, String path)
      throws Exception {
    return client.send(request(bridge, path).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(AlertBridgeService.Running bridge, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bridge.server().port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
