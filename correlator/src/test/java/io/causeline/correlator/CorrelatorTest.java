package io.causeline.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.correlator.knowledge.KnowledgeReload;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import io.causeline.service.SettingsException;
import io.causeline.service.StartupException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Without Kafka; with it, the correlator is tested together with the other services. */
@Timeout(30)
class CorrelatorTest {

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<String> get(HttpServer server, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void shouldAnswerAndSayWhatItWaitsForWhileKafkaDoesNotAnswer() throws Exception {
    CorrelatorSettings settings =
        TestSettings.correlator(Map.of("causeline.state-dir", folder.toString()));
    Health health = new Health();
    Metrics metrics = new Metrics();
    Correlator correlator =
        new Correlator(
            settings, KnowledgeReload.open(null), health, metrics, InstantSource.system());
    try (Lifecycle lifecycle = new Lifecycle()) {
      HttpServer server =
          lifecycle.add(
              "http", HttpServer.start(settings.http(), health, metrics, correlator::routes));
      lifecycle.add("correlator", correlator);
      correlator.start(server.port());

      HttpResponse<String> ready = get(server, "/readyz");
      HttpResponse<String> live = get(server, "/healthz");
      HttpResponse<String> list = get(server, "/api/v1/incidents");
      HttpResponse<String> one = get(server, "/api/v1/incidents/00000000-000000000000");
      HttpResponse<String> stream = get(server, "/api/v1/stream");

      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("127.0.0.1:1");
      assertThat(live.statusCode()).isEqualTo(200);
      assertThat(list.statusCode()).isEqualTo(200);
      assertThat(list.body()).contains("partition 0: no correlator holds it now");
      assertThat(one.statusCode()).isEqualTo(503);
      assertThat(stream.statusCode()).isEqualTo(503);
    }
    assertThat(correlator.connected().get(5, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void shouldRefuseSettingsThatContradictEachOther() {
    CorrelatorSettings settings = TestSettings.correlator(Map.of("causeline.retention", "1h"));

    assertThatThrownBy(() -> CorrelatorService.start(settings, new Lifecycle()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("causeline.retention");
  }

  @Test
  void shouldNameTheFaultOfAKnowledgePack() throws Exception {
    Files.writeString(folder.resolve("own.yaml"), "- cause: [");
    CorrelatorSettings settings =
        TestSettings.correlator(Map.of("causeline.knowledge", folder.toString()));

    assertThatThrownBy(() -> CorrelatorService.start(settings, new Lifecycle()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("own.yaml");
  }
}
