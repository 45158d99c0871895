package io.causeline.correlator.streams;

import static io.causeline.correlator.streams.Samples.T0;
import static io.causeline.correlator.streams.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.causeline.correlator.core.StateRecord;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import io.causeline.model.Signal;
import io.causeline.model.Topics;
import io.causeline.service.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Restarts: a new processor, or the same one again, on stores that outlive it. */
class CorrelateProcessorTest {

  private final Metrics metrics = new Metrics();
  private final Map<String, KeyValueStore<String, byte[]>> stores = new HashMap<>();
  private MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
  private Instant now = T0;

  /** What computing takes is seen by this. */
  private long nanos;

  private CorrelateProcessor start(Correlation.Factory factory) {
    CorrelateProcessor processor = processor(factory);
    init(processor);
    return processor;
  }

  private CorrelateProcessor processor(Correlation.Factory factory) {
    return new CorrelateProcessor(
        new CorrelateProcessor.Parts(
            new InputReader(TopologyHarness.PREFIX, 1),
            factory,
            TopologyHarness.RETENTION,
            new CorrelatorMetrics(metrics),
            new ClusterTroubles(),
            () -> nanos,
            ThreadLocal.withInitial(Pace.Share::new)));
  }

  private void init(CorrelateProcessor processor) {
    context = new MockProcessorContext<>();
    for (String name :
        List.of(
            CorrelatorStores.STATE,
            CorrelatorStores.INCIDENTS,
            CorrelatorStores.INCIDENTS_BY_TIME,
            CorrelatorStores.PUBLICATIONS)) {
      KeyValueStore<String, byte[]> store = stores.get(name);
      if (store == null) {
        store =
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        stores.put(name, store);
      }
      context.addStateStore(store);
    }
    processor.init(context);
  }

  private void send(CorrelateProcessor processor, Signal signal) {
    context.setRecordMetadata(Topics.SIGNALS.name(TopologyHarness.PREFIX), 0, 0);
    context.setCurrentSystemTimeMs(now.toEpochMilli());
    processor.process(
        new Record<>(
            signal.cluster().getBytes(StandardCharsets.UTF_8),
            Json.bytes(signal),
            now.toEpochMilli()));
  }

  private void tick() {
    now = now.plusMillis(100);
    context.scheduledPunctuators().get(0).getPunctuator().punctuate(now.toEpochMilli());
  }

  private List<Incident> sent() {
    List<Incident> sent = new ArrayList<>();
    context
        .forwarded(CorrelatorTopology.INCIDENTS_SINK)
        .forEach(
            captured -> sent.add(Json.read((byte[]) captured.record().value(), Incident.class)));
    context.resetForwards();
    return sent;
  }

  @Test
  void shouldPublishNothingNewAfterARestart() {
    CorrelateProcessor before = start(FakeCorrelation::new);
    send(before, event("u1", "web", "BackOff", T0));
    tick();
    assertThat(sent()).hasSize(1);
    before.close();

    start(FakeCorrelation::new);
    now = now.plusSeconds(5);
    tick();

    assertThat(sent()).isEmpty();
    assertThat(metrics.value("causeline_correlator_snapshots_unchanged_total", Map.of()))
        .isEqualTo(1);
  }

  @Test
  void shouldLeaveNoTickBehindWhenItsTaskIsClosed() {
    CorrelateProcessor processor = start(FakeCorrelation::new);
    send(processor, event("u1", "web", "BackOff", T0));
    processor.close();

    assertThat(context.scheduledPunctuators())
        .isNotEmpty()
        .allMatch(MockProcessorContext.CapturedPunctuator::cancelled);
  }

  /** A core that needs a while for all that is due, and nothing for what cannot wait. */
  private Correlation.Factory slow(List<String> computed) {
    return (cluster, records, published) ->
        new ForwardingCorrelation(new FakeCorrelation(cluster, records, published)) {
          @Override
          public List<Incident> publish() {
            computed.add(cluster);
            nanos += Pace.KNOWN_AT_A_TIME.toNanos();
            return super.publish();
          }

          @Override
          public List<Incident> publishUrgent() {
            computed.add("urgent in " + cluster);
            return List.of();
          }
        };
  }

  @Test
  void shouldComputeWhatIsKnownOfOneClusterAtATimeAndWhatOpensOfAll() {
    List<String> computed = new ArrayList<>();
    CorrelateProcessor processor = start(slow(computed));
    for (String cluster : List.of("a", "b", "c")) {
      send(processor, event(cluster, "u1", "web", "BackOff", T0));
    }
    now = now.plusSeconds(1);
    tick();
    // What was just restored or is new is computed once, whatever that takes.
    assertThat(computed).containsExactly("a", "b", "c");

    for (int i = 0; i < 3; i++) {
      computed.clear();
      now = now.plusSeconds(1);
      for (String cluster : List.of("a", "b", "c")) {
        send(processor, event(cluster, "u2", "web", "OOMKilling", T0));
      }
      tick();
      assertThat(computed)
          .containsExactlyInAnyOrderElementsOf(
              List.of(
                  i == 0 ? "a" : "urgent in a",
                  i == 1 ? "b" : "urgent in b",
                  i == 2 ? "c" : "urgent in c"));
    }
  }

  @Test
  void shouldPublishAfterARestartWhatWasAppliedBeforeIt() {
    CorrelateProcessor before = start(FakeCorrelation::new);
    send(before, event("u1", "web", "BackOff", T0));

    start(FakeCorrelation::new);
    tick();

    assertThat(sent()).extracting(Incident::title).containsExactly("BackOff");
  }

  @Test
  void shouldSendAfterARestartWhatWasDueBeforeIt() {
    CorrelateProcessor before = start(FakeCorrelation::new);
    send(before, event("u1", "web", "BackOff", T0));
    tick();
    send(before, event("u2", "web", "OOMKilling", T0));
    tick();
    assertThat(sent()).extracting(Incident::title).containsExactly("BackOff");

    start(FakeCorrelation::new);
    tick();
    List<Incident> tooEarly = sent();
    now = now.plusSeconds(1);
    tick();

    assertThat(tooEarly).isEmpty();
    assertThat(sent()).extracting(Incident::title).containsExactly("OOMKilling");
  }

  @Test
  void shouldStartFromTheStoresAloneWhenTheSameInstanceIsInitialisedAgain() {
    CorrelateProcessor processor = start(FakeCorrelation::new);
    send(processor, event("u1", "web", "BackOff", T0));
    tick();
    sent();
    // The transaction was aborted: the stores are as they were before everything.
    stores.clear();

    init(processor);
    send(processor, event("u1", "web", "BackOff", T0));
    tick();

    assertThat(sent()).extracting(Incident::title).containsExactly("BackOff");
  }

  @Test
  void shouldComeToTheSameIncidentsHoweverOftenTheRealCoreIsRestarted() {
    Correlation.Factory core = RealCoreTest.core();
    CorrelateProcessor unbroken = start(core);
    for (Signal signal : RealCoreTest.outage()) {
      send(unbroken, signal);
      tick();
    }
    Map<String, String> expected = storedIncidents();
    stores.clear();

    for (Signal signal : RealCoreTest.outage()) {
      CorrelateProcessor restarted = start(core);
      send(restarted, signal);
      tick();
    }

    assertThat(expected).hasSize(1);
    assertThat(storedIncidents()).isEqualTo(expected);
  }

  /** What they say, by id. */
  private Map<String, String> storedIncidents() {
    Map<String, String> found = new HashMap<>();
    try (KeyValueIterator<String, byte[]> all = stores.get(CorrelatorStores.INCIDENTS).all()) {
      all.forEachRemaining(
          entry ->
              found.put(
                  entry.key,
                  new String(
                      StoredIncidents.content(StoredValue.json(entry.value)),
                      StandardCharsets.UTF_8)));
    }
    return found;
  }

  @Test
  void shouldNotMindAClockThatWasSetBack() {
    CorrelateProcessor processor = start(FakeCorrelation::new);
    send(processor, event("u1", "web", "BackOff", T0));
    tick();
    sent();

    now = now.minus(Duration.ofHours(1));
    send(processor, event("u2", "web", "OOMKilling", T0));
    tick();

    assertThat(sent()).extracting(Incident::title).containsExactly("OOMKilling");
  }

  @Test
  void shouldFailTheTaskRatherThanBuryARecordWhenTheStateCannotBeRestored() {
    CorrelateProcessor before = start(FakeCorrelation::new);
    send(before, event("u1", "web", "BackOff", T0));
    Correlation.Factory broken =
        (cluster, records, published) -> {
          throw new IllegalStateException("version 9");
        };

    CorrelateProcessor after = start(broken);

    assertThatThrownBy(() -> send(after, event("u2", "web", "BackOff", T0)))
        .isInstanceOf(StoredStateException.class)
        .hasMessageContaining("c1")
        .hasMessageContaining("version 9");
    assertThat(context.forwarded()).isEmpty();
  }

  @Test
  void shouldBuryASignalWhoseStateWouldBeTooLargeForKafka() {
    byte[] huge = new byte[Topics.MAX_RECORD_BYTES];
    CorrelateProcessor processor =
        start(
            (cluster, records, published) ->
                new ForwardingCorrelation(new FakeCorrelation(cluster, records, published)) {
                  @Override
                  public List<StateRecord> takeWrites() {
                    return List.of(new StateRecord("huge", huge));
                  }
                });

    send(processor, event("u1", "web", "BackOff", T0));

    assertThat(context.forwarded(CorrelatorTopology.DEAD_LETTERS_SINK)).hasSize(1);
    assertThat(stores.get(CorrelatorStores.STATE).get("c1/huge")).isNull();
  }

  @Test
  void shouldKeepClustersOfOnePartitionApart() {
    CorrelateProcessor processor = start(FakeCorrelation::new);
    send(processor, event("c1", "u1", "web", "BackOff", T0));
    send(processor, event("c1-west", "u1", "web", "Unhealthy", T0));
    send(processor, event("c", "u1", "web", "Failed", T0));

    start(FakeCorrelation::new);
    tick();

    assertThat(sent())
        .extracting(Incident::cluster, Incident::title)
        .containsExactlyInAnyOrder(
            tuple("c1", "BackOff"), tuple("c1-west", "Unhealthy"), tuple("c", "Failed"));
  }
}
