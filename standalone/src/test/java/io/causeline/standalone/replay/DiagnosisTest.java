package io.causeline.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import io.causeline.service.StartupException;
import io.causeline.standalone.recording.Recorded;
import io.causeline.standalone.recording.Recorded.Watch;
import io.causeline.standalone.recording.Recorded.Webhook;
import io.causeline.standalone.recording.RecordingReader;
import io.causeline.standalone.recording.Recordings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {

  private static final String EVENT =
      """
      {"apiVersion": "v1", "kind": "Event", "type": "Warning", "reason": "SyncLoadBalancerFailed",
       "metadata": {"name": "web.1", "namespace": "shop", "uid": "u1"}, "count": 3,
       "involvedObject": {"kind": "Service", "namespace": "shop", "name": "web"},
       "message": "Error syncing load balancer: failed to ensure load balancer: Throttling: Rate exceeded",
       "source": {"component": "service-controller"},
       "firstTimestamp": "2026-01-01T00:00:00Z", "lastTimestamp": "2026-01-01T00:05:00Z"}
      """;

  private static final String ALERT =
      """
      {"status": "firing", "labels": {"alertname": "KubeNodeNotReady", "node": "n1", "severity": "warning"},
       "annotations": {}, "startsAt": "2026-01-01T00:01:00Z", "endsAt": "0001-01-01T00:00:00Z"}
      """;

  private static final String LISTED_ALERT =
      """
      {"annotations": {}, "endsAt": "2026-01-01T00:10:00Z", "fingerprint": "f", "receivers": [{"name": "r"}],
       "startsAt": "2026-01-01T00:01:00Z", "updatedAt": "2026-01-01T00:06:00Z",
       "status": {"inhibitedBy": [], "mutedBy": [], "silencedBy": [], "state": "active"},
       "labels": {"alertname": "KubeNodeNotReady", "node": "n1", "severity": "critical"}}
      """;

  static Stream<String> faults() {
    // A selector that matches no pod makes no event.
    return Recordings.ALL.stream()
        .filter(name -> !name.equals("quiet-day") && !name.equals("selector-mismatch"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldNameEachCauseWhenGivenTheEventsAloneAsKubectlPrintsThem(String name) {
    List<String> expected = new ArrayList<>();
    Recordings.truth(name)
        .path("incidents")
        .forEach(incident -> expected.add(incident.path("cause").asText()));

    List<Incident> incidents = diagnose(eventsOf(name));

    assertThat(incidents)
        .extracting(incident -> incident.best().cause())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** A first failure that heals within the time that its rule gives it is no incident. */
  @Test
  void shouldFindNothingWhenItHealedInTime() {
    String event =
        """
        {"apiVersion": "v1", "kind": "Event", "metadata": {"name": "%1$s", "namespace": "shop", "uid": "%1$s"},
         "involvedObject": {"kind": "Pod", "name": "db-0", "namespace": "shop"}, "reason": "%1$s",
         "message": "%2$s", "type": "%3$s", "firstTimestamp": "%4$s", "lastTimestamp": "%4$s", "count": 1}""";
    String list =
        "{\"kind\": \"List\", \"items\": ["
            + event.formatted(
                "FailedAttachVolume",
                "Multi-Attach error for volume \\\"pvc-1\\\"",
                "Warning",
                "2026-01-01T03:00:00Z")
            + ","
            + event.formatted(
                "SuccessfulAttachVolume",
                "AttachVolume.Attach succeeded for volume \\\"pvc-1\\\"",
                "Normal",
                "2026-01-01T03:01:30Z")
            + ","
            + event.formatted("Started", "Started container db", "Normal", "2026-01-01T03:01:40Z")
            + "]}";
    Diagnosis diagnosis = new Diagnosis("test", KnowledgeLoader.builtIn(), CoreSettings.defaults());

    assertThat(
            diagnosis.of("test", new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8))))
        .isEmpty();
  }

  @Test
  void shouldFindNothingWhenTheDayWasQuiet() {
    assertThat(diagnose(eventsOf("quiet-day"))).isEmpty();
  }

  @Test
  void shouldFindAFaultyStateWhenGivenNothingButObjects(@TempDir Path packs) throws IOException {
    // Given
    Files.writeString(
        packs.resolve("own.yaml"),
        """
        - cause: selects-nothing
          title: {en: "{locus.name} selects nothing", zh: "{locus.name} 未选中任何 Pod"}
          locus: Service
          prior: common
          outranks: [service-selector-mismatch]
          evidence:
            - {change: observed, on: Service, weight: weak}
            - {state: selector-matches-no-pod, weight: strong}
        - events: {change: observed, on: Service, state: selector-matches-no-pod}
          opens: {after: 2m}
        """);
    String objects =
        """
        {"kind": "List", "items": [
          {"kind": "Service", "metadata": {"name": "web", "namespace": "shop", "uid": "u1",
             "creationTimestamp": "2026-01-01T00:00:00Z"}, "spec": {"selector": {"app": "wbe"}}},
          {"kind": "Service", "metadata": {"name": "pay", "namespace": "shop", "uid": "u2",
             "creationTimestamp": "2026-01-01T00:00:00Z"}, "spec": {"selector": {"app": "pay"}}},
          {"kind": "Pod", "metadata": {"name": "pay-1", "namespace": "shop", "uid": "u3",
             "creationTimestamp": "2026-01-01T00:01:00Z", "labels": {"app": "pay"}}}]}
        """;
    Diagnosis diagnosis =
        new Diagnosis("test", KnowledgeLoader.withFolder(packs), CoreSettings.defaults());

    // When
    List<Incident> incidents =
        diagnosis.of("test", new ByteArrayInputStream(objects.getBytes(StandardCharsets.UTF_8)));

    // Then
    assertThat(incidents)
        .singleElement()
        .satisfies(
            incident -> {
              assertThat(incident.title()).isEqualTo("web selects nothing");
              assertThat(incident.state()).isEqualTo(Incident.State.OPEN);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"node-lost", "node-lost-helm-labels"})
  void shouldNameTheNodeWhenGivenTheWebhooksAlone(String name) {
    List<Incident> incidents = diagnose(webhooksOf(name));

    assertThat(incidents.get(0).best().cause()).isEqualTo("node-down");
    assertThat(incidents.get(0).best().locus().name()).isEqualTo("node-2");
    // Nothing tells on which node the pod ran: its alert stands alone, without a confident story.
    assertThat(incidents.subList(1, incidents.size()))
        .allSatisfy(incident -> assertThat(incident.best().confidence()).isLessThanOrEqualTo(0.6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad-rollout", "cloud-quota", "image-missing", "selector-mismatch"})
  void shouldBeHumbleWhenOnlyAlertsThatNameSymptomsAreKnown(String name) {
    assertThat(diagnose(webhooksOf(name)))
        .isNotEmpty()
        .allSatisfy(incident -> assertThat(incident.best().confidence()).isLessThanOrEqualTo(0.6));
  }

  @Test
  void shouldTakeTheGreatestTimeForNowWhenAFiringAlertsEndLiesAhead() {
    List<Incident> incidents = diagnose("[" + LISTED_ALERT + "]");

    assertThat(incidents)
        .singleElement()
        .satisfies(
            incident -> {
              assertThat(incident.state()).isEqualTo(Incident.State.OPEN);
              assertThat(incident.best().cause()).isEqualTo("node-down");
              assertThat(incident.severity()).isEqualTo(Incident.Severity.CRITICAL);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a list of kubectl|{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[EVENT]}",
        "a typed list|{\"kind\":\"EventList\",\"apiVersion\":\"v1\",\"items\":[NO_KIND]}",
        "one event|EVENT",
        "events one after the other|EVENT EVENT",
        "an array of events|[EVENT]",
        "watch events|{\"type\":\"ADDED\",\"object\":EVENT}",
        "a webhook body|{\"version\":\"4\",\"status\":\"firing\",\"alerts\":[ALERT]}",
        "several webhook bodies|{\"alerts\":[ALERT]}{\"alerts\":[ALERT]}",
        "webhook bodies in an array|[{\"alerts\":[ALERT]}]",
        "alerts as listed|[LISTED]",
        "events and alerts|EVENT {\"alerts\":[]}",
      })
  void shouldUnderstandWhenGiven(String what, String input) {
    assertThat(diagnose(filledIn(input))).as(what).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EVENT {\"a\":|input:7: not JSON",
        "nonsense|input:1: not JSON",
        "7|input:1: this JSON is neither a list of Events nor alerts: 7",
        "{\"a\":1}|input:1: this JSON is neither a list of Events nor alerts: {\"a\":1}",
        "{\"kind\":\"Status\",\"message\":\"Unauthorized\"}|an error of the API server: Unauthorized",
        "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"watch\"}|hand it to 'causeline replay'",
        "{\"kind\":\"List\",\"items\":[7]}|an item of the list is no object",
        "''|input is empty",
      })
  void shouldSayWhatAndWhereWhenTheInputIsNotForIt(String input, String message) {
    assertThatThrownBy(() -> diagnose(filledIn(input)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("kubectl get events -A -o json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"List\",\"items\":[]}",
        "{\"kind\":\"List\",\"items\":[{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}]}",
        "{\"alerts\":[]}",
        "{\"alerts\":[{\"labels\":{}}, 7]}",
      })
  void shouldFindNothingWhenThereIsNothingToGoBy(String input) {
    assertThat(diagnose(input)).isEmpty();
  }

  @Test
  void shouldComeToAnEndWhenTimesAreOutlandish() {
    String ages = EVENT.replace("2026-01-01T00:00:00Z", "1971-01-01T00:00:00Z");
    String ahead =
        EVENT.replace("u1", "u2").replace("2026-01-01T00:05:00Z", "9999-01-01T00:00:00Z");

    assertThat(diagnose(ages.replace("2026-01-01T00:05:00Z", "1971-01-01T00:00:00Z") + ahead))
        .isNotEmpty();
  }

  private static String filledIn(String template) {
    return template
        .replace("EVENT", EVENT)
        .replace("NO_KIND", EVENT.replace("\"apiVersion\": \"v1\", \"kind\": \"Event\", ", ""))
        .replace("LISTED", LISTED_ALERT)
        .replace("ALERT", ALERT);
  }

  private static List<Incident> diagnose(String input) {
    return new Diagnosis("default", KnowledgeLoader.builtIn(), CoreSettings.defaults())
        .of("input", new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }

  /** The list that {@code kubectl get events -A -o json} would print at the end. */
  private static String eventsOf(String name) {
    Map<String, JsonNode> events = new LinkedHashMap<>();
    for (Recorded record : records(name)) {
      if (record instanceof Watch watch && watch.isEvent()) {
        events.put(watch.object().at("/metadata/uid").asText(), watch.object());
      }
    }
    ObjectNode list = Json.mapper().createObjectNode();
    ArrayNode items = list.put("kind", "List").put("apiVersion", "v1").putArray("items");
    events.values().forEach(items::add);
    return list.toString();
  }

  private static String webhooksOf(String name) {
    StringBuilder bodies = new StringBuilder();
    for (Recorded record : records(name)) {
      if (record instanceof Webhook webhook) {
        bodies.append(webhook.body()).append('\n');
      }
    }
    return bodies.toString();
  }

  private static List<Recorded> records(String name) {
    List<Recorded> records = new ArrayList<>();
    try (RecordingReader reader = Recordings.open(name)) {
      reader.forEachRemaining(records::add);
    }
    return records;
  }
}
