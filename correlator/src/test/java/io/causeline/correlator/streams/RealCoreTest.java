package io.causeline.correlator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.AlertSignal;
import io.causeline.model.EntityRef;
import io.causeline.model.Heartbeat;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology with the real core and the built-in knowledge. */
class RealCoreTest {

  private static final Instant T0 = Samples.T0;
  private static final EntityRef POD = EntityRef.of("Pod", "shop", "web-7d9f8c5b6d-x2x4z");

  private static final IncidentFilter ALL =
      new IncidentFilter(
          Set.of(),
          Set.of(Incident.State.values()),
          Set.of(),
          null,
          null,
          null,
          null,
          Set.of(),
          null,
          null,
          null);

  @TempDir Path folder;

  static Correlation.Factory core() {
    Knowledge knowledge = KnowledgeLoader.builtIn();
    return CoreCorrelation.factory(() -> knowledge, CoreSettings.defaults());
  }

  private static KubernetesEvent pullFailed(int second) {
    return said(
        second,
        "Failed",
        "Failed to pull image \"reg.example/shop/web:v9\": rpc error: code = NotFound desc = failed"
            + " to pull and unpack image \"reg.example/shop/web:v9\": not found");
  }

  private static KubernetesEvent said(int second, String reason, String message) {
    Instant at = T0.plusSeconds(second);
    return new KubernetesEvent(
        Samples.CLUSTER,
        "uid-" + second,
        at,
        at,
        POD,
        null,
        reason,
        true,
        message,
        false,
        1,
        "kubelet",
        "node-1",
        "spec.containers{web}",
        null);
  }

  private static AlertSignal alert(int second) {
    return alert(second, POD);
  }

  private static AlertSignal alert(int second, EntityRef pod) {
    Instant at = T0.plusSeconds(second);
    return new AlertSignal(
        Samples.CLUSTER,
        "alert-" + pod.name(),
        at,
        "KubePodNotReady",
        AlertSignal.Status.FIRING,
        pod,
        List.of(),
        "critical",
        Map.of("alertname", "KubePodNotReady"),
        "a pod is not ready",
        null,
        null,
        null,
        at,
        null);
  }

  @Test
  void shouldOpenAtOnceWhatComesWhileAnotherIncidentWaitsForItsSecond() {
    Duration tick = CorrelateProcessor.TICK;
    try (TopologyHarness topology = new TopologyHarness(folder, core())) {
      topology.send(alert(0));
      topology.advance(tick);
      assertThat(topology.sentIncidents()).hasSize(1);

      topology.send(pullFailed(1));
      topology.send(alert(1, EntityRef.of("Pod", "shop", "pay-5c9f8c5b6d-x2x4z")));
      topology.advance(tick);
      List<Incident> soon = topology.sentIncidents();
      topology.advance(Duration.ofSeconds(1));

      assertThat(soon)
          .singleElement()
          .extracting(incident -> incident.best().locus().name())
          .isEqualTo("pay");
      assertThat(topology.sentIncidents())
          .filteredOn(incident -> incident.best().locus().name().equals("web"))
          .singleElement()
          .extracting(incident -> incident.best().cause())
          .isEqualTo("image-not-found");
    }
  }

  @Test
  void shouldCatchUpBeforeItComputesWhatIsKnown() {
    Duration second = Duration.ofSeconds(1);
    try (TopologyHarness topology = new TopologyHarness(folder, core())) {
      topology.send(alert(0));
      topology.advance(second);
      assertThat(topology.sentIncidents()).hasSize(1);

      List<Integer> sent = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        topology.sendLate(pullFailed(i * 20), T0.plusSeconds(i - 4));
        topology.advance(second);
        sent.add(topology.sentIncidents().size());
      }
      assertThat(sent).containsExactly(0, 0, 0, 0, 1);

      topology.sendLate(
          said(120, "BackOff", "Back-off pulling image \"reg.example/shop/web:v9\""),
          T0.minusSeconds(60));
      topology.advance(CorrelateProcessor.TICK);
      assertThat(topology.sentIncidents()).isEmpty();
      topology.advance(second);
      assertThat(topology.sentIncidents()).as("nothing is left to read").hasSize(1);
    }
  }

  static List<Signal> outage() {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      signals.add(pullFailed(i * 20));
      signals.add(
          new Heartbeat(
              Samples.CLUSTER,
              Signal.FEED_KUBERNETES,
              T0.plusSeconds(i * 20 + 10),
              Duration.ZERO,
              List.of()));
    }
    signals.add(alert(245));
    return signals;
  }

  @Test
  void shouldNameTheCauseOfAnOutage() {
    try (TopologyHarness topology = new TopologyHarness(folder, core())) {
      for (Signal signal : outage()) {
        topology.send(signal);
        topology.advance(Duration.ofMillis(200));
      }
      topology.advance(Duration.ofSeconds(1));

      List<Incident> incidents = incidents(topology);
      assertThat(incidents).hasSize(1);
      assertThat(incidents.get(0).best().cause()).isEqualTo("image-not-found");
      assertThat(incidents.get(0).severity()).isEqualTo(Incident.Severity.CRITICAL);
      assertThat(topology.deadLetters()).isEmpty();
      List<Incident> sent = topology.sentIncidents();
      assertThat(sent.get(sent.size() - 1)).isEqualTo(incidents.get(0));
      assertThat(topology.reader().find(incidents.get(0).id()).orElseThrow().remembered()).isTrue();
    }
  }

  @Test
  void shouldReadOpenIncidentsAnewWhenTheKnowledgeChanges() throws IOException {
    Path packs = Files.createDirectory(folder.resolve("packs"));
    Files.writeString(
        packs.resolve("own.yaml"),
        """
        - cause: own-image
          title: {en: "Our build of {workload} is not there", zh: "我们的构建不存在"}
          locus: Workload
          outranks: [image-not-found]
          evidence:
            - {event: Failed, on: Pod, message: "reg[.]example/.*not found", weight: strong}
        """);
    AtomicReference<Knowledge> knowledge = new AtomicReference<>(KnowledgeLoader.builtIn());
    Correlation.Factory core = CoreCorrelation.factory(knowledge::get, CoreSettings.defaults());
    try (TopologyHarness topology = new TopologyHarness(folder.resolve("state"), core)) {
      outage().forEach(topology::send);
      topology.advance(Duration.ofSeconds(2));
      Incident before = incidents(topology).get(0);
      topology.sentIncidents();
      assertThat(before.best().cause()).isEqualTo("image-not-found");

      // No record comes: the change alone is news.
      knowledge.set(KnowledgeLoader.withFolder(packs));
      topology.advance(Duration.ofSeconds(2));

      Incident after = incidents(topology).get(0);
      assertThat(incidents(topology)).hasSize(1);
      assertThat(after.id()).isEqualTo(before.id());
      assertThat(after.revision()).isGreaterThan(before.revision());
      assertThat(after.best().cause()).isEqualTo("own-image");
      assertThat(topology.sentIncidents()).last().isEqualTo(after);

      // And back, with the next record.
      knowledge.set(KnowledgeLoader.builtIn());
      topology.send(pullFailed(250));
      topology.advance(Duration.ofSeconds(2));
      assertThat(incidents(topology).get(0).best().cause()).isEqualTo("image-not-found");
      assertThat(topology.deadLetters()).isEmpty();
    }
  }

  private static List<Incident> incidents(TopologyHarness topology) {
    IncidentReader reader = topology.reader();
    return reader.list(ALL, null, 100, () -> false).incidents().stream()
        .map(head -> reader.find(head.id()).orElseThrow().incident())
        .toList();
  }

  @Test
  void shouldServeWhatTheCoreTellsOfItsFeeds() {
    try (TopologyHarness topology = new TopologyHarness(folder, core())) {
      outage().forEach(topology::send);
      topology.advance(Duration.ofSeconds(1));

      topology.send(
          Samples.heartbeat(T0.plusSeconds(300), List.of(new Heartbeat.Gap(T0, null, "410 Gone"))));

      Incident incident = incidents(topology).get(0);
      assertThat(incident.feed().complete()).isFalse();
      assertThat(Json.bytes(incident.feed())).asString(StandardCharsets.UTF_8).contains("410 Gone");
    }
  }
}
