package io.causeline.standalone.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.bridge.alertmanager.AlertNormaliser;
import io.causeline.bridge.alertmanager.ClusterChoice;
import io.causeline.bridge.alertmanager.NormalisedAlert;
import io.causeline.bridge.alertmanager.UnusableBodyException;
import io.causeline.bridge.chat.IncidentCard;
import io.causeline.collector.normalise.EventNormaliser;
import io.causeline.collector.normalise.NormalisedEvent;
import io.causeline.collector.normalise.ObjectTrimmer;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.ObjectSnapshot;
import io.causeline.service.StartupException;
import io.causeline.standalone.command.ShownIncidents;
import io.causeline.standalone.replay.Diagnosis;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes in, no reader fails, and nothing harmful comes out. */
class ReadersFuzzTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Knowledge KNOWLEDGE = KnowledgeLoader.builtIn();

  private static final String EVENT =
      """
      {"apiVersion": "v1", "kind": "Event", "type": "Warning", "reason": "FailedMount",
       "metadata": {"name": "web.1", "namespace": "shop", "uid": "u1",
                    "creationTimestamp": "2026-01-01T11:00:00Z"}, "count": 3,
       "involvedObject": {"kind": "Pod", "namespace": "shop", "name": "web-1", "uid": "p",
                          "fieldPath": "spec.containers{app}"},
       "message": "MountVolume.SetUp failed: configmap \\"web\\" not found",
       "source": {"component": "kubelet", "host": "n1"}, "related": {"kind": "Node", "name": "n1"},
       "series": {"count": 4, "lastObservedTime": "2026-01-01T11:59:00.000000Z"},
       "firstTimestamp": "2026-01-01T11:00:00Z", "lastTimestamp": "2026-01-01T11:05:00Z"}
      """;

  private static final String POD =
      """
      {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web-1", "namespace": "shop",
        "uid": "p", "resourceVersion": "7", "creationTimestamp": "2026-01-01T10:00:00Z",
        "labels": {"app": "web"}, "ownerReferences": [{"kind": "ReplicaSet", "name": "web-7c",
        "controller": true}]}, "spec": {"nodeName": "n1", "volumes": [{"configMap": {"name": "c"}}],
        "containers": [{"name": "app", "image": "example.org/web:1", "ports": [{"name": "http",
        "containerPort": 8080, "hostPort": 80}], "readinessProbe": {"httpGet": {"port": "http"}}}]},
       "status": {"phase": "Running", "podIP": "10.0.0.1", "conditions": [{"type": "Ready",
        "status": "False", "lastTransitionTime": "2026-01-01T11:00:00Z"}], "containerStatuses":
        [{"name": "app", "restartCount": 3, "state": {"waiting": {"reason": "CrashLoopBackOff"}},
        "lastState": {"terminated": {"reason": "OOMKilled", "exitCode": 137,
        "finishedAt": "2026-01-01T11:00:00Z"}}}]}}
      """;

  private static final String SERVICE =
      """
      {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop",
        "uid": "s", "resourceVersion": "8", "annotations": {"a": "b"}}, "spec": {"type":
        "LoadBalancer", "selector": {"app": "web"}, "externalTrafficPolicy": "Local", "ports":
        [{"name": "http", "port": 80, "targetPort": "http", "nodePort": 30080, "protocol": "TCP"}]},
       "status": {"loadBalancer": {"ingress": [{"hostname": "lb.example.org"}]}}}
      """;

  private static final String NODE =
      """
      {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1", "uid": "n",
        "resourceVersion": "9", "labels": {"topology.kubernetes.io/zone": "a"}}, "spec":
        {"providerID": "aws:///a/i-1", "unschedulable": true, "podCIDR": "10.0.0.0/24", "taints":
        [{"key": "k", "value": "v", "effect": "NoSchedule"}]}, "status": {"addresses": [{"type":
        "InternalIP", "address": "10.0.0.9"}], "nodeInfo": {"bootID": "b"}, "allocatable":
        {"pods": "110"}, "conditions": [{"type": "Ready", "status": "Unknown",
        "message": "Kubelet stopped posting node status."}]}}
      """;

  private static final String WEBHOOK =
      """
      {"version": "4", "status": "firing", "truncatedAlerts": 0, "alerts": [{"status": "firing",
        "labels": {"alertname": "KubeNodeNotReady", "node": "n1", "severity": "critical",
        "namespace": "shop", "pod": "web-1", "instance": "10.0.0.9:9100"}, "annotations":
        {"summary": "Node n1", "description": "is gone", "runbook_url": "https://example.org/r"},
        "startsAt": "2026-01-01T11:00:00Z", "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "https://example.org/g", "fingerprint": "f"}]}
      """;

  @Provide
  Arbitrary<JsonNode> events() {
    return HostileJson.damaged(EVENT);
  }

  @Provide
  Arbitrary<JsonNode> objects() {
    return HostileJson.damaged(POD, SERVICE, NODE);
  }

  @Provide
  Arbitrary<JsonNode> webhooks() {
    return HostileJson.damaged(WEBHOOK);
  }

  @Provide
  Arbitrary<JsonNode> anything() {
    return HostileJson.damaged(
        EVENT,
        POD,
        WEBHOOK,
        "{\"kind\": \"List\", \"items\": [" + EVENT + "," + POD + "," + SERVICE + "," + NODE + "]}",
        "[" + EVENT + ", {\"type\": \"ADDED\", \"object\": " + POD + "}, " + WEBHOOK + "]");
  }

  /** Documents that are cut off, doubled, or none. */
  @Provide
  Arbitrary<String> inputs() {
    return Arbitraries.oneOf(
        HostileJson.texts(),
        anything().map(JsonNode::toString),
        anything().map(JsonNode::toString).map(text -> text + "\n" + text),
        anything().map(JsonNode::toString).map(text -> text.substring(0, text.length() / 2)));
  }

  @Property(tries = 300)
  void shouldReadAnyEvent(@ForAll("events") JsonNode json) {
    NormalisedEvent normalised = EventNormaliser.normalise("test", json, NOON);

    normalised.event().ifPresent(ReadersFuzzTest::isClean);
  }

  private static void isClean(KubernetesEvent event) {
    assertThat(event.at()).isBeforeOrEqualTo(NOON);
    assertThat(event.count()).isPositive();
    Harmless.check(event.message(), event.reason(), event.entity().path(), event.uid());
    Harmless.check(event.component(), event.host(), event.fieldPath());
    assertThat(Json.bytes(event)).hasSizeLessThan(64_000);
  }

  @Property(tries = 300)
  void shouldTrimAnyObject(@ForAll("objects") JsonNode json) {
    Optional<ObjectSnapshot> snapshot = ObjectTrimmer.trim("test", json, 1, NOON);

    snapshot.ifPresent(
        trimmed -> {
          trimmed.attributes().values().forEach(Harmless::check);
          trimmed.labels().forEach(Harmless::check);
          trimmed.edges().forEach(edge -> Harmless.check(edge.to().path()));
          Harmless.check(trimmed.entity().path());
          assertThat(Json.bytes(trimmed)).hasSizeLessThan(256_000);
        });
  }

  @Property(tries = 300)
  void shouldReadAnyAlert(@ForAll("webhooks") JsonNode json) {
    try {
      for (NormalisedAlert alert :
          new AlertNormaliser()
              .body(
                  ClusterChoice.byLabel("test"),
                  json.toString().getBytes(StandardCharsets.UTF_8),
                  NOON)
              .alerts()) {
        if (alert instanceof NormalisedAlert.Accepted accepted) {
          Harmless.check(accepted.signal().name(), accepted.signal().entity().path());
          Harmless.check(accepted.signal().summary(), accepted.signal().description());
          accepted.signal().labels().forEach(Harmless::check);
          assertThat(accepted.signal().startsAt()).isBeforeOrEqualTo(NOON);
        } else if (alert instanceof NormalisedAlert.Rejected rejected) {
          Harmless.check(rejected.detail());
        }
      }
    } catch (UnusableBodyException e) {
      assertThat(e).hasMessageNotContainingAny("Exception");
    }
  }

  @Property(tries = 60)
  void shouldDiagnoseAnything(@ForAll("inputs") String input) {
    try {
      List<Incident> incidents =
          new Diagnosis("test", KNOWLEDGE, CoreSettings.defaults())
              .of("input", new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));

      Harmless.checkPage(ShownIncidents.page(incidents));
      incidents.forEach(one -> Harmless.checkPage(IncidentCard.of(one, null).toString()));
    } catch (StartupException e) {
      Harmless.check(e.getMessage());
    }
  }
}
