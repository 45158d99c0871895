package io.causeline.benchmarks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.AlertSignal;
import io.causeline.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookRequestsTest {

  @Test
  void shouldHoldTheSameAlertsAsRequestsAndAsRecords() {
    WebhookRequests fifty = WebhookRequests.of(50, 8080);

    List<AlertSignal> signals =
        fifty.records().stream()
            .map(record -> Json.read(record.value(), AlertSignal.class))
            .toList();
    assertThat(fifty.requests()).hasSize(signals.size() / 50);
    assertThat(signals).extracting(AlertSignal::identity).doesNotHaveDuplicates();
    assertThat(fifty.records().get(50).cluster()).isEqualTo("cluster-1");
    String request = StandardCharsets.UTF_8.decode(fifty.requests().get(1).duplicate()).toString();
    assertThat(request).startsWith("POST /webhooks/alertmanager/cluster-1 HTTP/1.1\r\n");
    String body = request.substring(request.indexOf("\r\n\r\n") + 4);
    assertThat(request).contains("Content-Length: " + body.length() + "\r\n");
    assertThat(body).contains(signals.get(50).entity().name(), signals.get(99).entity().name());
  }

  @Test
  void shouldBeAboutTheObjectsAndNotTheirExporter() {
    assertThat(WebhookRequests.of(500, 1).records())
        .extracting(record -> Json.read(record.value(), AlertSignal.class).entity())
        .allSatisfy(
            entity -> {
              assertThat(entity.kind()).isIn("Pod", "Deployment");
              assertThat(entity.name()).startsWith("app-");
            });
  }
}
