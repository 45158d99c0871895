package io.causeline.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.alertmanager.AlertNormaliser;
import io.causeline.bridge.alertmanager.ClusterChoice;
import io.causeline.model.AlertSignal;
import io.causeline.model.EntityRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void shouldBeACriticalAlertAboutAPodOfItsOwn() {
    Probe probe = new Probe(7, "storm-1", 0, NOW);

    List<AlertSignal> signals =
        new AlertNormaliser()
            .body(
                ClusterChoice.always(probe.cluster()),
                probe.body().getBytes(StandardCharsets.UTF_8),
                NOW)
            .signals();

    assertThat(signals).hasSize(1);
    assertThat(signals.get(0).firing()).isTrue();
    assertThat(signals.get(0).severity()).isEqualTo("critical");
    assertThat(signals.get(0).startsAt()).isEqualTo(NOW);
    assertThat(signals.get(0).entity())
        .isEqualTo(EntityRef.of("Pod", Probe.NAMESPACE, probe.pod()));
  }

  @Test
  void shouldHaveANameThatNoOtherHolds() {
    assertThat(new Probe(10, "a", 0, NOW).pod()).doesNotContain(new Probe(1, "a", 0, NOW).pod());
  }
}
