package io.causeline.bridge.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.bridge.alertmanager.NormalisedAlert.Accepted;
import io.causeline.bridge.alertmanager.NormalisedAlert.Ignored;
import io.causeline.bridge.alertmanager.NormalisedAlert.Reason;
import io.causeline.bridge.alertmanager.NormalisedAlert.Rejected;
import io.causeline.bridge.alertmanager.NormalisedAlert.Watchdog;
import io.causeline.model.AlertSignal;
import io.causeline.model.AlertSignal.Status;
import io.causeline.model.EntityRef;
import io.causeline.model.Json;
import io.causeline.model.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertNormaliserTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final ClusterChoice BY_LABEL = ClusterChoice.byLabel("home");

  private final AlertNormaliser normaliser = new AlertNormaliser();

  @Test
  void shouldNameTheNodeAndNotTheExporterWhenLabelsAreThoseOfTheHelmChart() {
    List<AlertSignal> signals = signalsOf("node-lost-helm-labels");

    assertThat(signals)
        .extracting(s -> s.name() + " " + s.entity() + " " + s.status())
        .startsWith(
            "KubeNodeUnreachable Node/-/node-2 FIRING",
            "KubeNodeNotReady Node/-/node-2 FIRING",
            "KubePodNotReady Pod/shop/web-5f4b46c579-rl88t FIRING")
        .endsWith(
            "KubeNodeNotReady Node/-/node-2 RESOLVED",
            "KubeNodeUnreachable Node/-/node-2 RESOLVED",
            "KubePodNotReady Pod/shop/web-5f4b46c579-rl88t RESOLVED");
    assertThat(signals).allSatisfy(s -> assertThat(s.candidates()).isEmpty());
  }

  @Test
  void shouldKeepTheIdentityWhenOnlyTheExportersLabelsDiffer() {
    List<AlertSignal> plain = signalsOf("node-lost");
    List<AlertSignal> helm = signalsOf("node-lost-helm-labels");

    assertThat(plain.get(0).identity()).isEqualTo(helm.get(0).identity());
    assertThat(plain.get(1).identity()).isEqualTo(helm.get(1).identity());
    assertThat(plain.get(0).identity()).isNotEqualTo(plain.get(1).identity());
  }

  @Test
  void shouldGiveFiringAndResolvedOfOneAlertTheSameIdentityAndStart() {
    List<AlertSignal> signals =
        signalsOf("image-missing").stream()
            .filter(s -> s.name().equals("KubeContainerWaiting"))
            .toList();

    assertThat(signals).hasSize(2);
    AlertSignal fired = signals.get(0);
    AlertSignal resolved = signals.get(1);
    assertThat(fired.entity()).isEqualTo(EntityRef.of("Pod", "shop", "catalog-6d4bb6c946-sbb6x"));
    assertThat(fired.endsAt()).isNull();
    assertThat(resolved.identity()).isEqualTo(fired.identity());
    assertThat(resolved.startsAt()).isEqualTo(fired.startsAt());
    assertThat(resolved.endsAt()).isEqualTo(Instant.parse("2026-11-21T08:26:54.623Z"));
  }

  @Test
  void shouldReadEveryFieldWhenAnAlertIsAsAlertmanagerSendsIt() {
    AlertSignal signal = signalsOf("selector-mismatch").get(0);

    assertThat(signal.cluster()).isEqualTo("home");
    assertThat(signal.entity()).isEqualTo(EntityRef.of("Service", "shop", "cart"));
    assertThat(signal.severity()).isEqualTo("critical");
    assertThat(signal.startsAt()).isEqualTo(Instant.parse("2026-11-21T08:23:06.978Z"));
    assertThat(signal.observedAt()).isEqualTo(Instant.parse("2026-11-21T08:23:09.983Z"));
    assertThat(signal.labels()).containsEntry("alertname", "ServiceHasNoEndpoints");
    assertThat(signal.summary()).isNotBlank();
    assertThat(signal.generatorUrl()).startsWith("http://");
  }

  @Test
  void shouldTakeTheAlertsOwnStatusWhenTheGroupSaysOtherwise() {
    ObjectNode body = RecordedBodies.of("selector-mismatch").get(1).body().deepCopy();
    body.put("status", "resolved");

    List<AlertSignal> signals = normaliser.body(BY_LABEL, body, NOW).signals();

    assertThat(signals).extracting(AlertSignal::status).contains(Status.FIRING, Status.RESOLVED);
  }

  @Test
  void shouldComeToTheSameFromBytesAndFromATree() {
    RecordedBodies.Recorded recorded = RecordedBodies.of("image-missing").get(4);

    NormalisedBody fromBytes = normaliser.body(BY_LABEL, recorded.json(), recorded.at());

    assertThat(fromBytes).isEqualTo(normaliser.body(BY_LABEL, recorded.body(), recorded.at()));
    assertThat(fromBytes.signals()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'alerts':[{'status':'firing','labels':{'alertname':'A','n':5,'x':1.50,'t':true}}]}",
        "{'alerts':[1,'a',null,[{}],{'labels':[]},{'labels':{'a':{'b':[1]}}}],'truncatedAlerts':3}",
        "{'alerts':[{'labels':{'alertname':'A'},'labels':{'alertname':'B','c':null,'d':''}}]}",
        "{'alerts':[{'labels':{'alertname':'A'},'status':{'state':'active'},'startsAt':5}]}",
        "{'alerts':[{'labels':{'alertname':'A'},'status':['firing'],'annotations':[1]}]}",
        "{'alerts':[{'labels':{'alertname':'A'},'status':'odd'}],'groupLabels':{'a':[{}]}}",
        "{'alerts':[{'labels':{'alertname':'A'},'annotations':{'summary':7,'message':'m'}}]}",
        "{'truncatedAlerts':2,'alerts':[]}"
      })
  void shouldComeToTheSameHoweverABodyMustBeRead(String quoted) {
    String body = quoted.replace('\'', '"');
    String large = body + " ".repeat(AlertNormaliser.MAX_ALERT_BYTES);

    NormalisedBody atOnce = normaliser.body(BY_LABEL, utf8(body), NOW);

    assertThat(normaliser.body(BY_LABEL, utf8(large), NOW)).isEqualTo(atOnce);
    assertThat(normaliser.body(BY_LABEL, Json.bytes(tree(body)), NOW).signals())
        .isEqualTo(atOnce.signals());
    assertThat(normaliser.body(BY_LABEL, tree(body), NOW)).isEqualTo(atOnce);
  }

  @Test
  void shouldSurviveItsOwnJson() {
    for (AlertSignal signal : signalsOf("node-lost-helm-labels")) {
      assertThat(Json.read(Json.bytes(signal), Signal.class)).isEqualTo(signal);
    }
  }

  @Test
  void shouldTakeThePathThenTheLabelThenTheDefaultForTheCluster() {
    Map<String, String> labelled = Map.of("alertname", "A", "cluster", "east-1");

    assertThat(accepted(ClusterChoice.byLabel("home"), alert(labelled)).cluster())
        .isEqualTo("east-1");
    assertThat(accepted(new ClusterChoice("west", "home"), alert(labelled)).cluster())
        .isEqualTo("west");
    assertThat(accepted(BY_LABEL, alert(Map.of("alertname", "A"))).cluster()).isEqualTo("home");
  }

  @Test
  void shouldRejectWithTheWayOutWhenTheClusterLabelIsNoName() {
    NormalisedAlert alert =
        normaliser.alert(
            BY_LABEL, alert(Map.of("alertname", "A", "cluster", "arn:aws:eks:eu/x")), NOW);

    assertThat(alert)
        .asInstanceOf(type(Rejected.class))
        .satisfies(
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(Reason.CLUSTER);
              assertThat(rejected.cluster()).isEqualTo("home");
              assertThat(rejected.detail())
                  .contains("arn:aws:eks:eu/x", "/webhooks/alertmanager/{cluster}");
            });
  }

  @Test
  void shouldMarkTheWatchdogAndHelpersWhenTheyAreNoSignals() {
    ObjectNode ended = alert(Map.of("alertname", "Watchdog", "severity", "none"));
    ended.put("status", "resolved").put("endsAt", "2026-11-21T09:30:00Z");

    assertThat(
            normaliser.alert(
                BY_LABEL, alert(Map.of("alertname", "Watchdog", "severity", "none")), NOW))
        .asInstanceOf(type(Watchdog.class))
        .satisfies(
            watchdog -> {
              assertThat(watchdog.cluster()).isEqualTo("home");
              assertThat(watchdog.startsAt()).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
              assertThat(watchdog.endsAt()).isNull();
            });
    assertThat(normaliser.alert(BY_LABEL, ended, NOW))
        .asInstanceOf(type(Watchdog.class))
        .satisfies(
            watchdog ->
                assertThat(watchdog.endsAt()).isEqualTo(Instant.parse("2026-11-21T09:30:00Z")));
    assertThat(
            normaliser.alert(
                BY_LABEL, alert(Map.of("alertname", "InfoInhibitor", "severity", "NONE")), NOW))
        .isEqualTo(new Ignored("home", "InfoInhibitor"));
  }

  @Test
  void shouldRejectWithAReasonWhenAnAlertCannotBeUsed() {
    ArrayNode alerts = Json.mapper().createArrayNode();
    alerts.add("text").add(1).addNull().addObject();
    alerts.addObject().putArray("labels");
    alerts.add(alert(Map.of("severity", "critical")));
    alerts.add(alert(Map.of("alertname", "\u0000 ")));
    alerts.add(alert(Map.of("alertname", "A")).put("status", "paused"));
    ObjectNode body = Json.mapper().createObjectNode();
    body.set("alerts", alerts);

    NormalisedBody normalised = normaliser.body(BY_LABEL, Json.bytes(body), NOW);

    assertThat(normalised.rejected())
        .extracting(Rejected::reason)
        .containsExactly(
            Reason.SHAPE,
            Reason.SHAPE,
            Reason.SHAPE,
            Reason.SHAPE,
            Reason.SHAPE,
            Reason.NAME,
            Reason.NAME,
            Reason.STATUS);
    assertThat(normalised.rejected())
        .allSatisfy(r -> assertThat(r.detail()).isNotBlank())
        .extracting(Rejected::original)
        .startsWith("\"text\"", "1", "null", "{}", "{\"labels\":[]}");
    assertThat(normalised).isEqualTo(normaliser.body(BY_LABEL, Json.bytes(body), NOW));
  }

  @Test
  void shouldKeepGoodAlertsWhenOthersOfTheBodyAreRejected() {
    ObjectNode body = Json.mapper().createObjectNode().put("truncatedAlerts", 7);
    body.putArray("alerts").add("poison").add(alert(Map.of("alertname", "A")));

    NormalisedBody normalised = normaliser.body(BY_LABEL, Json.bytes(body), NOW);

    assertThat(normalised.signals()).extracting(AlertSignal::name).containsExactly("A");
    assertThat(normalised.truncated()).isEqualTo(7);
  }

  @Test
  void shouldUseTheObservationWhenTimesAreMissingOrNonsense() {
    ObjectNode none = alert(Map.of("alertname", "A"));
    none.remove("startsAt");
    ObjectNode resolved = alert(Map.of("alertname", "A")).put("status", "resolved");
    resolved.put("startsAt", "yesterday").remove("endsAt");
    ObjectNode zero = alert(Map.of("alertname", "A")).put("startsAt", "0001-01-01T00:00:00Z");
    ObjectNode future = alert(Map.of("alertname", "A")).put("startsAt", "2099-01-01T00:00:00Z");
    ObjectNode offset =
        alert(Map.of("alertname", "A")).put("startsAt", "2026-11-21T10:30:00.123456789+02:00");

    assertThat(accepted(BY_LABEL, none).startsAt()).isEqualTo(NOW);
    assertThat(accepted(BY_LABEL, resolved).startsAt()).isEqualTo(NOW);
    assertThat(accepted(BY_LABEL, resolved).endsAt()).isEqualTo(NOW);
    assertThat(accepted(BY_LABEL, zero).startsAt()).isEqualTo(NOW);
    assertThat(accepted(BY_LABEL, future).startsAt()).isEqualTo(NOW);
    assertThat(accepted(BY_LABEL, offset).startsAt())
        .isEqualTo(Instant.parse("2026-11-21T08:30:00.123456789Z"));
  }

  @Test
  void shouldReadAlertsOfTheApiWhenTheirStatusIsAnObject() {
    ObjectNode alert = alert(Map.of("alertname", "A")).put("endsAt", "2026-11-21T10:03:00Z");
    alert.putObject("status").put("state", "suppressed").putArray("silencedBy").add("x");
    ObjectNode over = alert.deepCopy().put("endsAt", "2026-11-21T09:59:00Z");

    assertThat(accepted(BY_LABEL, alert).status()).isEqualTo(Status.FIRING);
    assertThat(accepted(BY_LABEL, alert).endsAt()).isNull();
    assertThat(accepted(BY_LABEL, over).status()).isEqualTo(Status.RESOLVED);
  }

  @Test
  void shouldStaySmallWhenAnAlertIsHuge() {
    ObjectNode alert = alert(Map.of("alertname", "Huge", "namespace", "shop", "pod", "web-1"));
    ObjectNode labels = (ObjectNode) alert.get("labels");
    for (int i = 0; i < 10_000; i++) {
      labels.put("label_" + i, "value\u0007\u202e" + i);
    }
    ObjectNode notes = alert.putObject("annotations");
    notes.put("description", "é".repeat(500_000)).put("summary", "a\u0000b\r\nc");
    notes.put("runbook_url", "javascript:alert(1)");
    alert.put("generatorURL", "https://prometheus/" + "x".repeat(5000));

    AlertSignal signal = accepted(BY_LABEL, alert);

    assertThat(signal.entity()).isEqualTo(EntityRef.of("Pod", "shop", "web-1"));
    assertThat(signal.labels()).hasSizeLessThanOrEqualTo(64).containsEntry("pod", "web-1");
    assertThat(signal.labels().get("label_0")).isEqualTo("value 0");
    assertThat(signal.summary()).isEqualTo("a b c");
    assertThat(signal.description()).endsWith("…");
    assertThat(signal.runbookUrl()).isNull();
    assertThat(signal.generatorUrl()).isNull();
    assertThat(Json.bytes(signal)).hasSizeLessThan(32 * 1024);
  }

  @Test
  void shouldReadLabelsAsTextWhenTheyAreNot() {
    ObjectNode alert = alert(Map.of("alertname", "A"));
    ObjectNode labels = (ObjectNode) alert.get("labels");
    labels.put("port", 8080).put("ok", true).putNull("nothing").putArray("list").add(1);

    assertThat(accepted(BY_LABEL, alert).labels())
        .containsEntry("port", "8080")
        .containsEntry("ok", "true")
        .doesNotContainKeys("nothing", "list");
  }

  @Test
  void shouldAcceptWhatGrafanaAddsWhenItSends() {
    ObjectNode alert = alert(Map.of("alertname", "HighErrors", "grafana_folder", "Shop"));
    alert.putObject("values").put("B", 22.98);
    alert.put("silenceURL", "https://g/s").put("dashboardURL", "").putNull("imageURL");
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("orgId", 1).put("title", "[FIRING:1]").put("state", "alerting").put("version", "1");
    body.putArray("alerts").add(alert);

    assertThat(normaliser.body(BY_LABEL, Json.bytes(body), NOW).signals())
        .extracting(AlertSignal::name)
        .containsExactly("HighErrors");
  }

  @Test
  void shouldRejectOnlyTheAlertWhenItIsLargerThanAnyRealOne() {
    ObjectNode body = Json.mapper().createObjectNode();
    ObjectNode large = alert(Map.of("alertname", "Large"));
    large.putObject("annotations").put("description", "x".repeat(AlertNormaliser.MAX_ALERT_BYTES));
    body.putArray("alerts").add(large).add(alert(Map.of("alertname", "A")));

    NormalisedBody normalised = normaliser.body(BY_LABEL, Json.bytes(body), NOW);

    assertThat(normalised.rejected()).extracting(Rejected::reason).containsExactly(Reason.SIZE);
    assertThat(normalised.signals()).extracting(AlertSignal::name).containsExactly("A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{}",
        "null",
        "{\"alerts\": null}",
        "{\"alerts\": {}}",
        "{\"alerts\": [}",
        "{\"alerts\": []",
        "{\"alerts\": []} {}",
        "{\"version\": \"4\", \"status\": \"firing\"}"
      })
  void shouldSayWhyWhenABodyCanNeverBeRight(String body) {
    assertThatThrownBy(() -> normaliser.body(BY_LABEL, body.getBytes(StandardCharsets.UTF_8), NOW))
        .isInstanceOf(UnusableBodyException.class)
        .hasMessageMatching("(?s)(the body|'alerts').+");
  }

  @Test
  void shouldRefuseABodyWhenItIsBuiltToExhaustMemory() {
    String many = "{\"alerts\":[" + "1,".repeat(WebhookBody.MAX_ALERTS) + "1]}";
    String deep = "{\"alerts\":[" + "[".repeat(100_000);

    assertThatThrownBy(() -> normaliser.body(BY_LABEL, many.getBytes(StandardCharsets.UTF_8), NOW))
        .hasMessageContaining("more than 100000 alerts");
    assertThatThrownBy(() -> normaliser.body(BY_LABEL, deep.getBytes(StandardCharsets.UTF_8), NOW))
        .isInstanceOf(UnusableBodyException.class);
  }

  @Test
  void shouldRefuseABodyWhenItIsNotUtf8() {
    byte[] utf16 = "{\"alerts\":[{\"a\":\"b\"}]}".getBytes(StandardCharsets.UTF_16BE);
    byte[] broken = "{\"alerts\":[{\"a\":\"\u00e9\"}]}".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> normaliser.body(BY_LABEL, utf16, NOW))
        .isInstanceOf(UnusableBodyException.class);
    assertThatThrownBy(() -> normaliser.body(BY_LABEL, broken, NOW))
        .isInstanceOf(UnusableBodyException.class);
  }

  @Test
  void shouldFindTheAlertsWhenTheBodyHasAByteOrderMarkAndWideCharacters() {
    String body =
        "\uFEFF{\"receiver\":\"é漢\uD83D\uDE00\",\"alerts\":[ {\"labels\":{\"alertname\":\"Ä漢\"}} ,"
            + " {\"labels\":{\"alertname\":\"B\"}}]}";

    NormalisedBody normalised =
        normaliser.body(BY_LABEL, body.getBytes(StandardCharsets.UTF_8), NOW);

    assertThat(normalised.signals()).extracting(AlertSignal::name).containsExactly("Ä漢", "B");
  }

  @Test
  void shouldNeverThrowAnythingElseWhenBodiesAreMangled() {
    Random random = new Random(20261121);
    byte[] pieces = "{}[],:\"\\0-e.ntu\u0000 \n".getBytes(StandardCharsets.UTF_8);
    int usable = 0;
    for (RecordedBodies.Recorded recorded : RecordedBodies.of("image-missing")) {
      for (int round = 0; round < 1000; round++) {
        byte[] body = recorded.json();
        for (int i = random.nextInt(4); i >= 0; i--) {
          body[random.nextInt(body.length)] =
              random.nextBoolean()
                  ? pieces[random.nextInt(pieces.length)]
                  : (byte) random.nextInt(256);
        }
        try {
          for (AlertSignal signal : normaliser.body(BY_LABEL, body, NOW).signals()) {
            assertThat(Json.read(Json.bytes(signal), Signal.class)).isEqualTo(signal);
          }
          usable++;
        } catch (UnusableBodyException e) {
          assertThat(e).hasMessageMatching("(?s)(the body|'alerts').+");
        }
      }
    }
    assertThat(usable).isBetween(500, 4500);
  }

  private AlertSignal accepted(ClusterChoice clusters, ObjectNode alert) {
    NormalisedAlert normalised = normaliser.alert(clusters, alert, NOW);
    assertThat(normalised).isInstanceOf(Accepted.class);
    return ((Accepted) normalised).signal();
  }

  private List<AlertSignal> signalsOf(String recording) {
    return RecordedBodies.of(recording).stream()
        .flatMap(
            recorded -> {
              NormalisedBody body = normaliser.body(BY_LABEL, recorded.json(), recorded.at());
              assertThat(body.rejected()).isEmpty();
              return body.signals().stream();
            })
        .toList();
  }

  private static ObjectNode alert(Map<String, String> labels) {
    ObjectNode alert = Json.mapper().createObjectNode();
    alert.put("status", "firing").put("startsAt", "2026-11-21T09:00:00Z");
    alert.put("endsAt", "0001-01-01T00:00:00Z");
    ObjectNode of = alert.putObject("labels");
    labels.forEach(of::put);
    return alert;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static com.fasterxml.jackson.databind.JsonNode tree(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
