package io.causeline.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.alertmanager.AlertNormaliser;
import io.causeline.bridge.alertmanager.ClusterChoice;
import io.causeline.collector.normalise.EventNormaliser;
import io.causeline.collector.normalise.ObjectTrimmer;
import io.causeline.collector.normalise.WatchedKind;
import io.causeline.correlator.core.ClusterCorrelator;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.core.StateRecord;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.Incident;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import io.causeline.standalone.recording.Recorded;
import io.causeline.standalone.recording.RecordingReader;
import io.causeline.standalone.recording.Recordings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Same signals and topology, in any order, any number of times, over any restarts: same incidents,
 * by their entries, causes, places and states.
 */
class OrderTest {

  private static final String CLUSTER = "recording";
  private static final Knowledge KNOWLEDGE = KnowledgeLoader.builtIn();
  private static final Duration SETTLE = Duration.ofMinutes(30);

  static List<String> recordings() {
    return Recordings.ALL;
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void shouldComeToTheSameIncidentsInAnyOrder(String name) {
    List<Object> inputs = inputs(name);
    Set<String> expected = outcome(run(inputs, false));

    for (int seed = 1; seed <= 3; seed++) {
      List<Object> shuffled = new ArrayList<>(inputs);
      Collections.shuffle(shuffled, new Random(seed));

      assertThat(outcome(run(shuffled, false))).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void shouldComeToTheSameIncidentsWhenAllComesTwice(String name) {
    List<Object> inputs = inputs(name);
    Set<String> expected = outcome(run(inputs, false));
    List<Object> twice = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      twice.add(inputs.get(i));
      twice.add(inputs.get(i / 2));
    }
    twice.addAll(inputs);

    assertThat(outcome(run(twice, false))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void shouldComeToTheSameIncidentsOverARestartAfterEachRecord(String name) {
    List<Object> inputs = inputs(name);

    assertThat(outcome(run(inputs, true))).isEqualTo(outcome(run(inputs, false)));
  }

  @Test
  void shouldPublishNothingAgainAfterARestart() {
    Map<String, byte[]> store = new TreeMap<>();
    ClusterCorrelator correlator =
        ClusterCorrelator.create(CLUSTER, KNOWLEDGE, CoreSettings.defaults());
    inputs("node-lost").forEach(input -> apply(correlator, input));
    List<Incident> published = correlator.publish();
    keep(correlator, store);

    ClusterCorrelator restarted = restore(store, published);

    assertThat(restarted.publish()).isEmpty();
    assertThat(restarted.incidents()).isEqualTo(correlator.incidents());
    assertThat(restarted.clock()).isEqualTo(correlator.clock());
  }

  private static List<Incident> run(List<Object> inputs, boolean restarts) {
    ClusterCorrelator correlator =
        ClusterCorrelator.create(CLUSTER, KNOWLEDGE, CoreSettings.defaults());
    Map<String, byte[]> store = new TreeMap<>();
    List<Incident> published = new ArrayList<>();
    Instant last = Instant.EPOCH;
    for (Object input : inputs) {
      Instant at =
          input instanceof Signal signal
              ? signal.observedAt()
              : ((TopologyRecord) input).observedAt();
      last = at.isAfter(last) ? at : last;
      correlator.advanceTo(at);
      apply(correlator, input);
      published.addAll(correlator.publish());
      if (restarts) {
        keep(correlator, store);
        correlator = restore(store, published);
      }
    }
    Instant end = last.plus(SETTLE);
    for (Instant at = last; at.isBefore(end); at = at.plusSeconds(10)) {
      correlator.advanceTo(at);
      correlator.publish();
    }
    return correlator.incidents();
  }

  private static void apply(ClusterCorrelator correlator, Object input) {
    if (input instanceof Signal signal) {
      correlator.apply(signal);
    } else {
      correlator.apply((TopologyRecord) input);
    }
  }

  private static void keep(ClusterCorrelator correlator, Map<String, byte[]> store) {
    for (StateRecord record : correlator.takeWrites()) {
      if (record.value() == null) {
        store.remove(record.key());
      } else {
        store.put(record.key(), record.value());
      }
    }
  }

  private static ClusterCorrelator restore(Map<String, byte[]> store, List<Incident> published) {
    List<StateRecord> records = new ArrayList<>();
    store.forEach((key, value) -> records.add(new StateRecord(key, value)));
    return ClusterCorrelator.restore(
        CLUSTER,
        KNOWLEDGE,
        CoreSettings.defaults(),
        records,
        ClusterCorrelator.Snapshots.among(published));
  }

  /** Entries, causes, places and states; merged incidents are a matter of the order. */
  private static Set<String> outcome(List<Incident> incidents) {
    Set<String> out = new TreeSet<>();
    for (Incident incident : incidents) {
      if (incident.state() == Incident.State.MERGED) {
        continue;
      }
      Set<String> entries = new TreeSet<>();
      for (Incident.TimelineEntry entry : incident.timeline()) {
        entries.add(
            entry.source() + " " + entry.entity() + " " + entry.what() + " x" + entry.count());
      }
      out.add(
          incident.best().cause()
              + " @ "
              + incident.best().locus()
              + " "
              + incident.state()
              + " "
              + entries);
    }
    return out;
  }

  private static List<Object> inputs(String name) {
    List<Object> inputs = new ArrayList<>();
    AlertNormaliser alerts = new AlertNormaliser();
    try (RecordingReader reader = Recordings.open(name)) {
      while (reader.hasNext()) {
        Recorded record = reader.next();
        if (record instanceof Recorded.Webhook webhook) {
          inputs.addAll(
              alerts.body(ClusterChoice.always(CLUSTER), webhook.body(), webhook.at()).signals());
        } else if (record instanceof Recorded.Watch watch) {
          if (watch.isEvent()) {
            EventNormaliser.normalise(CLUSTER, watch.object(), watch.at())
                .event()
                .ifPresent(inputs::add);
          } else {
            ObjectTrimmer.trim(
                    CLUSTER,
                    WatchedKind.ofResource(watch.resource()).orElse(null),
                    watch.object(),
                    0,
                    watch.at(),
                    loss -> {})
                .ifPresent(
                    snapshot ->
                        inputs.add(
                            watch.type() == Recorded.Watch.Type.DELETED
                                ? new TopologyRecord.Gone(
                                    CLUSTER,
                                    snapshot.entity(),
                                    snapshot.uid(),
                                    snapshot.resourceVersion(),
                                    0,
                                    watch.at())
                                : new TopologyRecord.Present(snapshot)));
          }
        }
      }
    }
    return inputs;
  }
}
