package io.causeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

  private static final KubernetesEvent EVENT =
      new KubernetesEvent(
          "c",
          "uid-1",
          AT.plusMillis(7),
          AT,
          EntityRef.of("Pod", "shop", "web-1"),
          "uid-2",
          "Unhealthy",
          true,
          "Readiness probe failed: \"täglich\"\n grüßt",
          false,
          3,
          "kubelet",
          "node-1",
          "spec.containers{web}",
          EntityRef.of("Node", null, "node-1"));

  @Test
  void shouldReadAnEventAsDataBindingDoes() {
    assertThat(Json.usualEvent(Json.bytes(EVENT)))
        .contains(EVENT)
        .contains((KubernetesEvent) Json.read(Json.bytes(EVENT), Signal.class));
  }

  @Test
  void shouldReadAnEventWithNothingThatMayBeMissing() {
    KubernetesEvent bare =
        new KubernetesEvent(
            "c",
            "u",
            AT,
            AT,
            EntityRef.of("Node", null, "n"),
            null,
            "R",
            false,
            "",
            true,
            1,
            null,
            null,
            null,
            null);

    assertThat(Json.usualEvent(Json.bytes(bare))).contains(bare);
  }

  @Test
  void shouldLeaveOtherSignalsToDataBinding() {
    Signal heartbeat = new Heartbeat("c", Signal.FEED_KUBERNETES, AT, Duration.ZERO, List.of());

    assertThat(Json.usualEvent(Json.bytes(heartbeat))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"uid\":\"uid-1\",|",
        "\"observedAt\":\"2026-01-02T03:04:05.685Z\",|",
        "\"entity\":{\"kind\":\"Pod\",\"namespace\":\"shop\",\"name\":\"web-1\"},|",
        "\"name\":\"web-1\"|\"name\":null",
        "\"count\":3|\"count\":\"3\"",
        "\"count\":3|\"count\":99999999999",
        "\"count\":3|\"count\":null",
        "\"warning\":true,|",
        "\"cluster\":\"c\"|\"cluster\":\"no cluster\"",
        "\"uid\":\"uid-1\"|\"uid\":\"\"",
        "\"uid\":\"uid-1\"|\"uid\":\"uid-1\",\"uid\":\"uid-3\"",
        "\"uid\":\"uid-1\"|\"uid\":\"uid-1\",\"newer\":{\"a\":[1]}",
        "\"reason\":\"Unhealthy\"|\"reason\":7",
        "\"at\":\"2026-01-02T03:04:05.678Z\"|\"at\":\"2026-01-02T03:04:05Z\"",
        "\"type\":\"kubernetes-event\",|"
      })
  void shouldLeaveWhatIsUnusualToDataBinding(String change) {
    String json = new String(Json.bytes(EVENT), StandardCharsets.UTF_8);
    String[] parts = change.split("\\|", 2);
    assertThat(json).contains(parts[0]);

    byte[] changed = json.replace(parts[0], parts[1]).getBytes(StandardCharsets.UTF_8);

    assertThat(Json.usualEvent(changed)).isEmpty();
  }

  @Test
  void shouldNeverReadWhatDataBindingReadsOtherwise() {
    byte[] json = Json.bytes(EVENT);
    Random random = new Random(11);
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] changed = json.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);

      Optional<KubernetesEvent> event = Json.usualEvent(changed);

      if (event.isPresent()) {
        read++;
        assertThat(Json.read(changed, Signal.class)).isEqualTo(event.get());
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void shouldSayWhatIsWrongAsDataBindingDoes() {
    assertThat(Json.usualEvent("{\"type\":".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThatThrownBy(() -> Json.read("{\"type\":".getBytes(StandardCharsets.UTF_8), Signal.class))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
