package io.causeline.bridge.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.AlertSignal;
import io.causeline.model.AlertSignal.Status;
import io.causeline.model.EntityRef;
import io.causeline.model.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealAlertmanagerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Map<String, String> LABELS =
      Map.of(
          "alertname", "KubeDeploymentReplicasMismatch",
          "namespace", "shop",
          "deployment", "web",
          "severity", "critical",
          "job", "kube-state-metrics",
          "pod", "kube-prometheus-stack-kube-state-metrics-7d9f8c6b5-x2x7k",
          "instance", "10.42.1.28:8080");

  @TempDir Path folder;
  private final RunningIntake intake = new RunningIntake(Map.of());
  private RealAlertmanager alertmanager;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        Files.isExecutable(RealAlertmanager.BINARY),
        RealAlertmanager.BINARY
            + " is missing: install the package prometheus-alertmanager to run this test");
    alertmanager = new RealAlertmanager(folder, intake.uri(WebhookHandler.PATH + "/east-1"));
  }

  @AfterEach
  void stop() {
    if (alertmanager != null) {
      alertmanager.close();
    }
    intake.close();
  }

  @Test
  void shouldDeliverFiringAndResolvedOfOneAlert() throws Exception {
    Instant start = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    Instant end = start.plusSeconds(50);

    alertmanager.alert(LABELS, start, null);
    awaitAlerts(1);
    alertmanager.alert(LABELS, start, end);
    awaitAlerts(2);

    AlertSignal firing = intake.kafka.alerts().get(0);
    AlertSignal resolved = intake.kafka.alerts().get(1);
    assertThat(firing.status()).isEqualTo(Status.FIRING);
    assertThat(firing.cluster()).isEqualTo("east-1");
    assertThat(firing.entity()).isEqualTo(EntityRef.of("Deployment", "shop", "web"));
    assertThat(firing.severity()).isEqualTo("critical");
    assertThat(firing.startsAt()).isEqualTo(start);
    assertThat(firing.endsAt()).isNull();
    assertThat(firing.summary()).isEqualTo("It is broken.");
    assertThat(firing.runbookUrl()).isEqualTo("https://r/b");
    assertThat(firing.generatorUrl()).isEqualTo("http://prometheus:9090/graph?g0.expr=up");
    assertThat(resolved.status()).isEqualTo(Status.RESOLVED);
    assertThat(resolved.identity()).isEqualTo(firing.identity());
    assertThat(resolved.startsAt()).isEqualTo(start);
    assertThat(resolved.endsAt()).isEqualTo(end);
  }

  @Test
  void shouldGetAnAlertAgainWhenTheFirstAnswerWas503() throws Exception {
    intake.kafka.refuse(record -> true);
    alertmanager.alert(LABELS, Instant.now(), null);
    await().atMost(PATIENCE).until(() -> intake.answered(WebhookOutcome.UNSTORED) >= 1);

    intake.kafka.refuse(record -> false);

    awaitAlerts(1);
    assertThat(intake.answered(WebhookOutcome.STORED)).isEqualTo(1);
  }

  @Test
  void shouldReadTheAlertsOfItsApiAsTheWebhookDoes() throws Exception {
    alertmanager.alert(LABELS, Instant.now().minusSeconds(5), null);
    awaitAlerts(1);

    JsonNode listed = Json.mapper().readTree(alertmanager.alerts());
    NormalisedAlert alert =
        new AlertNormaliser().alert(ClusterChoice.always("east-1"), listed.path(0), Instant.now());

    assertThat(listed).hasSize(1);
    AlertSignal pushed = intake.kafka.alerts().get(0);
    AlertSignal pulled = ((NormalisedAlert.Accepted) alert).signal();
    assertThat(pulled.status()).isEqualTo(Status.FIRING);
    assertThat(List.of(pulled.identity(), pulled.startsAt(), pulled.labels()))
        .isEqualTo(List.of(pushed.identity(), pushed.startsAt(), pushed.labels()));
  }

  private void awaitAlerts(int count) {
    await().atMost(PATIENCE).until(() -> intake.kafka.alerts().size() >= count);
  }
}
