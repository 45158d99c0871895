package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.Heartbeat;
import io.causeline.model.Incident;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another version of the knowledge makes of what is stored. */
class KnowledgeChangeTest {

  private static final Knowledge BUILT_IN = KnowledgeLoader.builtIn();

  @TempDir Path folder;

  private final ClusterCorrelator before =
      ClusterCorrelator.create(Scenario.CLUSTER, BUILT_IN, CoreSettings.defaults());

  private Knowledge with(String pack) throws IOException {
    Files.writeString(folder.resolve("own.yaml"), pack);
    return KnowledgeLoader.withFolder(folder);
  }

  private static KubernetesEvent event(int second, int count) {
    return new KubernetesEvent(
        Scenario.CLUSTER,
        "uid",
        Scenario.at(second),
        Scenario.at(second),
        Scenario.service("web"),
        null,
        "Weird",
        true,
        "it is weird",
        false,
        count,
        null,
        null,
        null,
        null);
  }

  private ClusterCorrelator after(Knowledge knowledge, int second) {
    before.apply(event(0, 1));
    before.apply(event(60, 2));
    before.publish();
    for (String feed : List.of(Signal.FEED_KUBERNETES, Signal.FEED_ALERTMANAGER)) {
      before.apply(
          new Heartbeat(Scenario.CLUSTER, feed, Scenario.at(second), Duration.ZERO, List.of()));
    }
    before.publish();
    ClusterCorrelator after =
        ClusterCorrelator.restore(
            Scenario.CLUSTER,
            knowledge,
            CoreSettings.defaults(),
            before.takeWrites(),
            ClusterCorrelator.Snapshots.among(before.incidents()));
    after.publish();
    return after;
  }

  private static final String OWN =
      """
      - cause: weird
        title: {en: "Weird", zh: "怪事"}
        locus: Service
        evidence: [{event: Weird, on: Service, weight: strong}]
      """;

  @Test
  void shouldReadEntriesAnewWhenTheyAreNotFrozen() throws IOException {
    Incident incident = after(with(OWN), 90).incidents().get(0);
    assertThat(incident.best().cause()).isEqualTo("weird");
    assertThat(incident.state()).isEqualTo(Incident.State.OPEN);
  }

  @Test
  void shouldKeepWhatAnEntryMeantWhenItIsFrozen() throws IOException {
    Incident incident = after(with(OWN), 60 + 31 * 60).incidents().get(0);
    assertThat(incident.best().cause()).isEqualTo("unknown");
  }

  @Test
  void shouldEndAnIncidentAsItWouldHaveWhenItsEntryBecomesBenign() throws IOException {
    ClusterCorrelator after = after(with("- benign: {event: Weird}\n"), 90);
    assertThat(after.incidents()).extracting(Incident::state).containsExactly(Incident.State.OPEN);

    after.advanceTo(Scenario.at(60 + 17 * 60));
    after.publish();

    assertThat(after.incidents())
        .extracting(Incident::state)
        .containsExactly(Incident.State.RESOLVED);
  }
}
