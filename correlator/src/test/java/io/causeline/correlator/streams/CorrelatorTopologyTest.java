package io.causeline.correlator.streams;

import static io.causeline.correlator.streams.Samples.T0;
import static io.causeline.correlator.streams.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.model.EntityRef;
import io.causeline.model.Heartbeat;
import io.causeline.model.Incident;
import io.causeline.model.Incident.State;
import io.causeline.model.IncidentId;
import io.causeline.model.Json;
import io.causeline.model.Topics;
import io.causeline.model.TopologyRecord;
import io.causeline.service.Metrics;
import io.causeline.service.NewerSchemaException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrelatorTopologyTest {

  private static final Duration TICK = Duration.ofMillis(100);

  @TempDir Path folder;
  private TopologyHarness topology;

  @BeforeEach
  void start() {
    topology = new TopologyHarness(folder, FakeCorrelation::new);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  private static String idOf(String pod) {
    return IncidentId.of(Samples.CLUSTER, FakeCorrelation.pod(pod).path());
  }

  @Test
  void shouldLookLikeTheGoldenDescription() throws Exception {
    String described =
        TopologyHarness.topology(
                TopologyHarness.config(folder),
                FakeCorrelation::new,
                new Metrics(),
                new ClusterTroubles())
            .describe()
            .toString();

    try (InputStream golden = getClass().getResourceAsStream("topology.txt")) {
      assertThat(withSortedLists(described).strip())
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip());
    }
  }

  /** Kafka lists a processor's stores in the order of a hash set. */
  private static String withSortedLists(String described) {
    return Pattern.compile("(?<=stores: \\[)[^]]+")
        .matcher(described)
        .replaceAll(
            list ->
                Arrays.stream(list.group().split(", ")).sorted().collect(Collectors.joining(", ")));
  }

  @Test
  void shouldPublishAnIncidentWhenAnEventArrives() {
    topology.send(event("u1", "web", "BackOff", T0));
    topology.advance(TICK);

    List<TestRecord<String, byte[]>> sent = topology.sent();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).key()).isEqualTo("c1/" + idOf("web"));
    assertThat(sent.get(0).headers().lastHeader(Topics.SCHEMA_HEADER).value())
        .isEqualTo(new byte[] {'1'});
    Incident incident = Json.read(sent.get(0).value(), Incident.class);
    assertThat(incident.title()).isEqualTo("BackOff");
    assertThat(find("web")).isEqualTo(incident);
    assertThat(
            topology.metric("causeline_correlator_incidents_active", Map.of("severity", "warning")))
        .isEqualTo(1);
    assertThat(topology.metric("causeline_correlator_signal_to_incident_seconds_count", Map.of()))
        .isEqualTo(1);
  }

  @Test
  void shouldBuryAPoisonRecordAndProcessTheNext() {
    byte[] poison = "{\"type\":\"kubernetes-event\"".getBytes(StandardCharsets.UTF_8);
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[] {7});

    topology.pipe(
        Topics.SIGNALS, new TestRecord<>("c1".getBytes(StandardCharsets.UTF_8), poison, headers));
    topology.send(event("u1", "web", "BackOff", T0));
    topology.advance(TICK);

    assertThat(topology.sentIncidents()).extracting(Incident::title).containsExactly("BackOff");
    List<TestRecord<byte[], byte[]>> dead = topology.deadLetters();
    assertThat(dead).hasSize(1);
    assertThat(dead.get(0).value()).isEqualTo(poison);
    assertThat(dead.get(0).key()).isEqualTo("c1".getBytes(StandardCharsets.UTF_8));
    assertThat(dead.get(0).headers().lastHeader("trace").value()).isEqualTo(new byte[] {7});
    assertThat(header(dead.get(0), DeadLetter.TOPIC)).isEqualTo("causeline.signals");
    assertThat(header(dead.get(0), DeadLetter.PARTITION)).isEqualTo("0");
    assertThat(header(dead.get(0), DeadLetter.OFFSET)).isEqualTo("0");
    assertThat(header(dead.get(0), DeadLetter.FAULT)).isEqualTo("undecodable");
    assertThat(header(dead.get(0), DeadLetter.REASON)).contains("not a Signal");
    assertThat(header(dead.get(0), DeadLetter.STACK)).contains("BadRecordException");
    assertThat(
            topology.metric(
                "causeline_correlator_dead_letters_total", Map.of("reason", "undecodable")))
        .isEqualTo(1);
    assertThat(
            topology.metric(
                "causeline_correlator_signals_total",
                Map.of("kind", "signals", "outcome", "dead-letter")))
        .isEqualTo(1);
  }

  @Test
  void shouldKeepNothingOfASignalOnWhichTheCoreFails() {
    topology.send(event("u1", "web", "BackOff", T0));
    topology.advance(TICK);
    topology.sent();

    topology.send(event("u2", "web", "Poison", T0));
    topology.send(event("u3", "db", "Unhealthy", T0));
    topology.advance(Duration.ofSeconds(2));

    assertThat(topology.sentIncidents()).extracting(Incident::title).containsExactly("Unhealthy");
    assertThat(find("web").title()).isEqualTo("BackOff");
    assertThat(header(topology.deadLetters().get(0), DeadLetter.FAULT)).isEqualTo("correlation");
  }

  @Test
  void shouldChangeNothingWhenASignalIsRepeated() {
    topology.send(event("u1", "web", "BackOff", T0));
    topology.send(event("u1", "web", "BackOff", T0));
    topology.advance(TICK);
    topology.send(event("u1", "web", "BackOff", T0));
    topology.advance(Duration.ofSeconds(2));

    assertThat(topology.sentIncidents()).extracting(Incident::revision).containsExactly(1);
    assertThat(
            topology.metric(
                "causeline_correlator_signals_total",
                Map.of("kind", "kubernetes-event", "outcome", "duplicate")))
        .isEqualTo(2);
  }

  @Test
  void shouldSendOneSnapshotASecondAndTheLatestWithinOne() {
    for (int i = 0; i < 15; i++) {
      topology.send(event("u" + i, "web", "Reason" + i, T0.plusMillis(i)));
      topology.advance(TICK);
    }
    List<Incident> during = topology.sentIncidents();
    topology.advance(Duration.ofSeconds(1));
    List<Incident> after = topology.sentIncidents();

    assertThat(during).extracting(Incident::title).containsExactly("Reason0", "Reason10");
    assertThat(after).extracting(Incident::title).containsExactly("Reason14");
  }

  @Test
  void shouldServeTheLatestStateBeforeItsSnapshotMayLeave() {
    topology.send(event("u1", "web", "BackOff", T0));
    topology.advance(TICK);
    topology.send(event("u2", "web", "OOMKilling", T0));
    topology.advance(TICK);

    assertThat(topology.sentIncidents()).hasSize(1);
    assertThat(find("web").title()).isEqualTo("OOMKilling");
  }

  @Test
  void shouldApplyACommand() {
    topology.send(event("u1", "web", "BackOff", T0));
    topology.advance(TICK);
    topology.send(Samples.acknowledge(idOf("web"), T0));
    topology.send(Samples.acknowledge("nothing", T0));
    topology.advance(Duration.ofSeconds(1));

    assertThat(topology.sentIncidents())
        .extracting(Incident::state)
        .containsExactly(State.OPEN, State.ACKNOWLEDGED);
    assertThat(
            topology.metric(
                "causeline_correlator_signals_total",
                Map.of("kind", "command", "outcome", "rejected")))
        .isEqualTo(1);
  }

  @Test
  void shouldBuryWhatIsNotItsOwn() {
    byte[] good = Json.bytes(event("u1", "web", "BackOff", T0));

    topology.pipe(Topics.SIGNALS, null, good);
    topology.pipe(Topics.SIGNALS, "c2", good);
    topology.pipe(Topics.SIGNALS, "c1/x", good);
    topology.pipe(Topics.SIGNALS, "c1", null);
    topology.pipe(Topics.SIGNALS, "c1", new byte[InputReader.MAX_VALUE_BYTES + 1]);
    topology.pipe(Topics.COMMANDS, "c1", "{\"cluster\":\"c1\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(topology.deadLetters())
        .extracting(record -> header(record, DeadLetter.FAULT))
        .containsExactly("key", "wrong-cluster", "key", "empty", "too-large", "undecodable");
  }

  @Test
  void shouldTakeObjectsAndIgnoreTheirTombstones() {
    EntityRef node = EntityRef.of("Node", null, "n1");
    TopologyRecord gone = new TopologyRecord.Gone("c1", node, "uid", "7", 1, T0);

    topology.pipe(Topics.TOPOLOGY, Topics.topologyKey("c1", node), Json.bytes(gone));
    topology.pipe(Topics.TOPOLOGY, Topics.topologyKey("c1", node), null);

    assertThat(topology.deadLetters()).isEmpty();
    assertThat(
            topology.metric(
                "causeline_correlator_signals_total",
                Map.of("kind", "topology", "outcome", "ignored")))
        .isEqualTo(1);
  }

  @Test
  void shouldFailRatherThanBuryWhatANewerVersionWrote() {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Topics.SCHEMA_HEADER, "2".getBytes(StandardCharsets.US_ASCII));
    TestRecord<byte[], byte[]> newer =
        new TestRecord<>("c1".getBytes(StandardCharsets.UTF_8), new byte[] {1}, headers);

    assertThatThrownBy(() -> topology.pipe(Topics.SIGNALS, newer))
        .hasRootCauseInstanceOf(NewerSchemaException.class);

    assertThat(topology.deadLetters()).isEmpty();
  }

  @Test
  void shouldRemoveWhatEndedBeforeTheRetentionByTheClustersClock() {
    topology.send(event("u1", "web", "BackOff", T0));
    topology.send(event("u2", "web", "Healed", T0.plusSeconds(60)));
    topology.send(event("u3", "db", "BackOff", T0));
    topology.advance(TICK);
    topology.sent();

    // Wall time alone removes nothing.
    topology.advance(TopologyHarness.RETENTION.plusDays(2));
    assertThat(topology.sent()).isEmpty();
    topology.send(Samples.heartbeat(T0.plus(TopologyHarness.RETENTION).plusSeconds(61)));
    topology.advance(Duration.ofMinutes(1));

    List<TestRecord<String, byte[]>> sent = topology.sent();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).key()).isEqualTo("c1/" + idOf("web"));
    assertThat(sent.get(0).value()).isNull();
    assertThat(topology.reader().find(idOf("web"))).isEmpty();
    assertThat(topology.reader().find(idOf("db"))).isPresent();
    assertThat(titles(State.RESOLVED)).isEmpty();
    assertThat(titles(State.OPEN)).containsExactly("BackOff");
  }

  @Test
  void shouldSayThatAClusterCannotBeComputedAndTryAgain() {
    topology.send(event("u1", "web", "BackOff", T0));
    topology.advance(TICK);
    topology.send(event("u2", "web", "Unpublishable", T0));
    topology.advance(TICK);

    Incident stale = find("web");
    assertThat(stale.title()).isEqualTo("BackOff");
    assertThat(stale.feed().complete()).isFalse();
    assertThat(stale.feed().gaps().get(0)).contains("cannot publish");
    assertThat(topology.metric("causeline_correlator_publish_failures_total", Map.of()))
        .isEqualTo(1);

    topology.send(event("u3", "web", "BackOff", T0.plusSeconds(1)));
    topology.advance(Duration.ofSeconds(1));

    Incident fresh = find("web");
    assertThat(fresh.timeline()).hasSize(3);
    assertThat(fresh.feed().complete()).isTrue();
  }

  @Test
  void shouldJoinTheFeedWhenAnIncidentIsRead() {
    topology.send(event("u1", "web", "BackOff", T0));
    topology.advance(TICK);

    topology.send(Samples.heartbeat(T0, List.of(new Heartbeat.Gap(T0, null, "410 Gone"))));

    assertThat(find("web").feed().gaps()).containsExactly("410 Gone");
    assertThat(
            topology.metric(
                "causeline_correlator_feed_lag_seconds",
                Map.of("cluster", "c1", "feed", "kubernetes")))
        .isEqualTo(1.5);
    assertThat(
            topology.metric(
                "causeline_correlator_feed_gaps", Map.of("cluster", "c1", "feed", "kubernetes")))
        .isEqualTo(1);
  }

  @Test
  void shouldListNewestFirstAndPageByPlace() {
    for (int i = 0; i < 7; i++) {
      topology.send(event("u" + i, "pod-" + i, "BackOff", T0.plusSeconds(i)));
    }
    topology.send(event("u9", "pod-3", "Healed", T0.plusSeconds(9)));
    topology.advance(TICK);
    IncidentReader reader = topology.reader();

    IncidentReader.Page first = reader.list(any(), null, 4, () -> false);
    IncidentReader.Page second =
        reader.list(any(), Place.of(first.incidents().get(3)), 4, () -> false);

    assertThat(names(first)).containsExactly("pod-6", "pod-5", "pod-4", "pod-3");
    assertThat(first.more()).isTrue();
    assertThat(names(second)).containsExactly("pod-2", "pod-1", "pod-0");
    assertThat(second.more()).isFalse();
    assertThat(first.incidents().get(0).timeline()).isNull();
  }

  @Test
  void shouldFilterByTimeAndStateAndEntity() {
    for (int i = 0; i < 5; i++) {
      topology.send(event("u" + i, "pod-" + i, "BackOff", T0.plusSeconds(i)));
    }
    topology.send(event("u9", "pod-3", "Healed", T0.plusSeconds(9)));
    topology.advance(TICK);

    assertThat(
            names(
                list(
                    filter(
                        IncidentFilter.ALL_BUT_MERGED,
                        T0.plusSeconds(1),
                        T0.plusSeconds(3),
                        null))))
        .containsExactly("pod-2", "pod-1");
    assertThat(names(list(filter(Set.of(State.RESOLVED), null, null, null))))
        .containsExactly("pod-3");
    assertThat(names(list(filter(IncidentFilter.ALL_BUT_MERGED, null, null, "POD-4"))))
        .containsExactly("pod-4");
    assertThat(
            names(
                list(
                    filter(
                        IncidentFilter.ALL_BUT_MERGED,
                        T0.plusSeconds(4),
                        T0.plusSeconds(1),
                        null))))
        .isEmpty();
    assertThat(
            names(
                list(
                    new IncidentFilter(
                        Set.of("c1"),
                        IncidentFilter.ALL_BUT_MERGED,
                        Set.of(Incident.Severity.WARNING),
                        "shop",
                        "Pod",
                        "pod-1",
                        FakeCorrelation.pod("pod-1"),
                        Set.of("unknown"),
                        null,
                        null,
                        null))))
        .containsExactly("pod-1");
  }

  @Test
  void shouldStopAListThatTakesTooLong() {
    topology.send(event("u1", "web", "BackOff", T0));
    topology.advance(TICK);

    assertThatThrownBy(() -> topology.reader().list(any(), null, 10, () -> true))
        .isInstanceOf(IncidentReader.TooSlowException.class);
  }

  private Incident find(String pod) {
    return topology.reader().find(idOf(pod)).orElseThrow().incident();
  }

  private List<String> titles(State state) {
    return list(filter(Set.of(state), null, null, null)).incidents().stream()
        .map(Incident::title)
        .toList();
  }

  private IncidentReader.Page list(IncidentFilter filter) {
    return topology.reader().list(filter, null, 10, () -> false);
  }

  private static IncidentFilter any() {
    return filter(IncidentFilter.ALL_BUT_MERGED, null, null, null);
  }

  private static IncidentFilter filter(
      Set<State> states, Instant since, Instant until, String text) {
    return new IncidentFilter(
        Set.of(), states, Set.of(), null, null, null, null, Set.of(), since, until, text);
  }

  private static List<String> names(IncidentReader.Page page) {
    return page.incidents().stream().map(i -> i.best().locus().name()).toList();
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
