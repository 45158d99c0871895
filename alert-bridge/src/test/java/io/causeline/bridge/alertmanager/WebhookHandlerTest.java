package io.causeline.bridge.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.AlertSignal;
import io.causeline.model.AlertSignal.Status;
import io.causeline.model.Json;
import io.causeline.model.Topics;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookHandlerTest {

  private static final byte[] GOOD = RecordedBodies.of("selector-mismatch").get(0).json();
  private static final int TEN_MIB = 10 * 1024 * 1024;

  private RunningIntake intake = new RunningIntake(Map.of());

  @AfterEach
  void close() {
    intake.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node-lost",
        "node-lost-helm-labels",
        "image-missing",
        "selector-mismatch",
        "cloud-quota",
        "bad-rollout"
      })
  void shouldStoreEverySignalWhenBodiesAreThoseOfARealAlertmanager(String recording) {
    int expected = 0;
    for (RecordedBodies.Recorded recorded : RecordedBodies.of(recording)) {
      assertThat(intake.post(recorded.json()).statusCode()).isEqualTo(200);
      expected += recorded.body().path("alerts").size();
    }

    assertThat(intake.kafka.alerts()).hasSize(expected);
    assertThat(intake.kafka.stored(Topics.DEAD_LETTERS)).isEmpty();
    assertThat(intake.kafka.stored(Topics.SIGNALS))
        .allSatisfy(record -> assertThat(record.key()).isEqualTo("home"));
  }

  @Test
  void shouldHaveRoomForTheNextBodyOfASenderThatWasAnswered() {
    intake.close();
    intake = new RunningIntake(Map.of("causeline.alertmanager.max-in-flight", "1"));

    for (int i = 0; i < 200; i++) {
      assertThat(intake.post(GOOD).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldUseTheClusterOfThePathWhenThereIsOne() {
    intake.post(WebhookHandler.PATH + "/east-1", GOOD);

    assertThat(intake.kafka.alerts()).extracting(AlertSignal::cluster).containsExactly("east-1");
    assertThat(intake.kafka.stored(Topics.SIGNALS).get(0).key()).isEqualTo("east-1");
  }

  @Test
  void shouldRefuseWithTheReasonWhenThePathNamesNoPossibleCluster() {
    HttpResponse<String> answer = intake.post(WebhookHandler.PATH + "/a%20b", GOOD);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(problem(answer).path("detail").asText()).contains("'a b'", "letters, digits");
    assertThat(intake.kafka.sent()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no json", "[]", "{}", "{\"alerts\":1}", "{\"alerts\":[{}", "\u0000", "null"})
  void shouldRefuseForGoodAndStoreNothingWhenTheBodyIsPoison(String poison) {
    HttpResponse<String> answer = intake.post(poison);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(problem(answer).path("detail").asText()).matches("(the body|'alerts').+");
    assertThat(intake.kafka.sent()).isZero();
    assertThat(intake.post(GOOD).statusCode()).isEqualTo(200);
    assertThat(intake.answered(WebhookOutcome.UNUSABLE)).isEqualTo(1);
    assertThat(intake.answered(WebhookOutcome.STORED)).isEqualTo(1);
  }

  @Test
  void shouldTakeTenMebibytesAndRefuseWhatIsAboveTheLimit() {
    assertThat(intake.post(padded(TEN_MIB)).statusCode()).isEqualTo(200);
    HttpResponse<String> announced = intake.post(padded(17 * 1024 * 1024));
    HttpResponse<String> chunked =
        intake.send(
            intake
                .request(WebhookHandler.PATH)
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(padded(17 * 1024 * 1024))))
                .build());

    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(chunked.statusCode()).isEqualTo(413);
    assertThat(announced.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(intake.kafka.alerts()).hasSize(1);
    assertThat(intake.counted("causeline_bridge_webhook_in_flight_bytes", Map.of())).isZero();
  }

  @Test
  void shouldAnswerOnlyWhenKafkaHasStoredEverything() {
    intake.kafka.hold();
    CompletableFuture<HttpResponse<String>> answer = intake.postAsync(GOOD);
    await().until(() -> intake.kafka.waiting() == 1);

    assertThat(answer).isNotDone();
    intake.kafka.release();

    assertThat(answer).succeedsWithin(Duration.ofSeconds(5));
    assertThat(answer.join().statusCode()).isEqualTo(200);
    assertThat(answer.join().body()).isEmpty();
  }

  @Test
  void shouldAskToComeAgainWhenKafkaRefusesAnyRecord() {
    byte[] body = RecordedBodies.of("image-missing").get(4).json();
    intake.kafka.refuse(record -> record.value().contains("whxhg"));

    HttpResponse<String> refused = intake.post(body);
    intake.kafka.refuse(record -> false);
    HttpResponse<String> again = intake.post(body);

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(problem(refused).path("detail").asText()).contains("no leader");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(intake.kafka.alerts()).hasSize(7);
    assertThat(intake.kafka.alerts().stream().map(AlertSignal::identity).distinct()).hasSize(4);
    assertThat(intake.counted("causeline_bridge_alerts_total", Map.of("outcome", "unstored")))
        .isEqualTo(4);
    assertThat(intake.counted("causeline_bridge_alerts_total", Map.of("outcome", "resolved")))
        .isEqualTo(4);
  }

  @Test
  void shouldAskToComeAgainAndKeepTheRoomTakenWhenKafkaDoesNotAnswerInTime() {
    restart(
        Map.of(
            "causeline.alertmanager.deadline",
            "100ms",
            "causeline.alertmanager.max-in-flight",
            "1"));
    intake.kafka.hold();

    HttpResponse<String> late = intake.post(GOOD);
    HttpResponse<String> busy = intake.post(GOOD);
    intake.kafka.release();
    HttpResponse<String> stored = intake.post(GOOD);

    assertThat(late.statusCode()).isEqualTo(503);
    assertThat(late.headers().firstValue("Retry-After")).isPresent();
    assertThat(problem(late).path("detail").asText()).contains("within 100 ms");
    assertThat(busy.statusCode()).isEqualTo(503);
    assertThat(problem(busy).path("detail").asText()).contains("too many webhooks");
    assertThat(stored.statusCode()).isEqualTo(200);
    assertThat(intake.answered(WebhookOutcome.LATE)).isEqualTo(1);
    assertThat(intake.answered(WebhookOutcome.BUSY)).isEqualTo(1);
    List<AlertSignal> alerts = intake.kafka.alerts();
    assertThat(alerts)
        .hasSize(2)
        .extracting(AlertSignal::identity)
        .containsOnly(alerts.get(0).identity());
  }

  @Test
  void shouldBoundTheBytesUnderWayWhenBodiesAreLarge() {
    restart(Map.of("causeline.alertmanager.max-in-flight-bytes", String.valueOf(GOOD.length)));
    intake.kafka.hold();
    CompletableFuture<HttpResponse<String>> first = intake.postAsync(GOOD);
    await().until(() -> intake.kafka.waiting() == 1);

    assertThat(intake.post(GOOD).statusCode()).isEqualTo(503);
    intake.kafka.release();

    assertThat(first.join().statusCode()).isEqualTo(200);
    await().until(() -> intake.post(GOOD).statusCode() == 200);
  }

  @Test
  void shouldWriteDeadLettersWhenAlertsParseButCannotBeUsed() {
    String body =
        "{\"version\":\"4\",\"alerts\":["
            + "{\"labels\":{\"severity\":\"critical\"},  \"status\":\"firing\"},"
            + "{\"labels\":{\"alertname\":\"A\",\"cluster\":\"no/name\"},\"status\":\"firing\"},"
            + "{\"labels\":{\"alertname\":\"B\"},\"status\":\"firing\"}]}";

    HttpResponse<String> answer = intake.post(body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(intake.kafka.alerts()).extracting(AlertSignal::name).containsExactly("B");
    List<FakeKafka.Stored> letters = intake.kafka.stored(Topics.DEAD_LETTERS);
    assertThat(letters).hasSize(2).extracting(FakeKafka.Stored::key).containsOnly("home");
    assertThat(letters.get(0).value())
        .isEqualTo("{\"labels\":{\"severity\":\"critical\"},  \"status\":\"firing\"}");
    assertThat(letters.get(0).headers())
        .containsEntry("origin", "alertmanager webhook /webhooks/alertmanager")
        .hasEntrySatisfying("reason", reason -> assertThat(reason).contains("alertname"));
    assertThat(intake.counted("causeline_bridge_dead_letters_total", Map.of("reason", "cluster")))
        .isEqualTo(1);
    assertThat(intake.counted("causeline_bridge_dead_letters_total", Map.of("reason", "name")))
        .isEqualTo(1);
  }

  @Test
  void shouldAskToComeAgainWhenADeadLetterCannotBeStored() {
    intake.kafka.refuse(record -> record.topic().equals(Topics.DEAD_LETTERS));

    assertThat(intake.post("{\"alerts\":[{}]}").statusCode()).isEqualTo(503);
  }

  @Test
  void shouldAcceptFieldsAndVersionsThatItDoesNotKnow() {
    String newer =
        "{\"version\":\"5\",\"notification_reason\":\"x\",\"routeLabels\":{\"a\":\"b\"},\"new\":[[{}]],"
            + "\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"A\"},\"more\":{\"x\":[1]}}]}";
    String grafana =
        "{\"version\":\"1\",\"orgId\":1,\"title\":\"[FIRING:1]\",\"state\":\"alerting\",\"message\":\"m\","
            + "\"alerts\":[{\"status\":\"resolved\",\"labels\":{\"alertname\":\"G\",\"grafana_folder\":\"f\"},"
            + "\"startsAt\":\"2026-11-21T09:00:00+01:00\",\"endsAt\":\"2026-11-21T10:00:00+01:00\","
            + "\"values\":{\"B\":22.98},\"valueString\":\"v\",\"silenceURL\":\"https://g\"}]}";

    assertThat(intake.post(newer).statusCode()).isEqualTo(200);
    assertThat(intake.post(grafana).statusCode()).isEqualTo(200);
    assertThat(intake.kafka.alerts())
        .extracting(AlertSignal::status)
        .containsExactly(Status.FIRING, Status.RESOLVED);
  }

  @Test
  void shouldCountWhatAlertmanagerLeftOut() {
    assertThat(intake.post("{\"truncatedAlerts\":3,\"alerts\":[]}").statusCode()).isEqualTo(200);

    assertThat(intake.counted("causeline_bridge_alerts_truncated_total", Map.of())).isEqualTo(3);
  }

  @Test
  void shouldRefuseForNowWhenItStops() {
    intake.intake.close();

    HttpResponse<String> answer = intake.post(GOOD);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(intake.kafka.sent()).isZero();
  }

  @Test
  void shouldWaitForWhatIsUnderWayWhenItStops() {
    intake.kafka.hold();
    CompletableFuture<HttpResponse<String>> answer = intake.postAsync(GOOD);
    await().until(() -> intake.kafka.waiting() == 1);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(intake.intake::close);

    await().until(() -> intake.post(GOOD).statusCode() == 503);
    assertThat(closed).isNotDone();
    intake.kafka.release();

    assertThat(closed).succeedsWithin(Duration.ofSeconds(5));
    assertThat(answer.join().statusCode()).isEqualTo(200);
  }

  @Test
  void shouldAnswerAllWhenManyComeAtOnce() {
    List<CompletableFuture<HttpResponse<String>>> answers =
        java.util.stream.IntStream.range(0, 40).mapToObj(i -> intake.postAsync(GOOD)).toList();

    assertThat(answers).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    assertThat(intake.kafka.alerts()).hasSize(40);
  }

  private void restart(Map<String, String> settings) {
    intake.close();
    intake = new RunningIntake(settings);
  }

  /** A good body of about so many bytes. */
  private static byte[] padded(int size) {
    return ("{\"unknown\":[\""
            + "x".repeat(1000)
            + "\""
            + (",\"" + "x".repeat(997) + "\"").repeat(size / 1000)
            + "],\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"A\"}}]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode problem(HttpResponse<String> answer) {
    try {
      return Json.mapper().readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("no problem but " + answer.body(), e);
    }
  }
}
