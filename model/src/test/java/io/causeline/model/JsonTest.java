package io.causeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void shouldReadBackEverySignal() {
    List<Signal> signals =
        List.of(
            new KubernetesEvent(
                "c",
                "uid-1",
                AT.plusMillis(7),
                AT,
                EntityRef.of("Pod", "shop", "web-1"),
                null,
                "Unhealthy",
                true,
                "Readiness probe failed",
                false,
                3,
                "kubelet",
                "node-1",
                "spec.containers{web}",
                null),
            new AlertSignal(
                "c",
                "id-1",
                AT,
                "KubePodNotReady",
                AlertSignal.Status.FIRING,
                EntityRef.of("Pod", "shop", "web-1"),
                List.of(),
                "warning",
                Map.of("pod", "web-1"),
                "s",
                null,
                "https://runbooks.example/x",
                null,
                AT,
                null),
            new Heartbeat(
                "c",
                Signal.FEED_KUBERNETES,
                AT,
                Duration.ofMillis(1500),
                List.of(new Heartbeat.Gap(AT, null, "410 Gone"))));

    for (Signal signal : signals) {
      assertThat(Json.read(Json.bytes(signal), Signal.class)).isEqualTo(signal);
    }
  }

  @Test
  void shouldWriteTimesWithMilliseconds() {
    String json = new String(Json.bytes(Map.of("at", AT)), StandardCharsets.UTF_8);

    assertThat(json).isEqualTo("{\"at\":\"2026-01-02T03:04:05.000Z\"}");
  }

  @Test
  void shouldIgnoreUnknownFields() {
    EntityRef read =
        Json.read(
            "{\"kind\":\"Node\",\"name\":\"n1\",\"colour\":\"red\"}"
                .getBytes(StandardCharsets.UTF_8),
            EntityRef.class);

    assertThat(read).isEqualTo(EntityRef.of("Node", null, "n1"));
  }

  @Test
  void shouldSayWhatIsWrongWhenJsonIsNoSignal() {
    assertThatThrownBy(
            () -> Json.read("{\"type\":\"alert\"}".getBytes(StandardCharsets.UTF_8), Signal.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Signal");
  }

  @Test
  void shouldReadBackTopologyRecords() {
    TopologyRecord gone =
        new TopologyRecord.Gone("c", EntityRef.of("Node", null, "n1"), "u", null, 4, AT);

    assertThat(Json.read(Json.bytes(gone), TopologyRecord.class)).isEqualTo(gone);
  }
}
