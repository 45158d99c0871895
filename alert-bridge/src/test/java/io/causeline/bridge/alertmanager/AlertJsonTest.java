package io.causeline.bridge.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.AlertSignal;
import io.causeline.model.AlertSignal.Status;
import io.causeline.model.EntityRef;
import io.causeline.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertJsonTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123456Z");

  private final AlertJson json = new AlertJson();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "",
        "say \"no\" \\ or / yes",
        "tab\tnewline\nreturn\rbell\u0007nul\u0000del\u007f",
        "Grüße, 世界, 🚀, \u2028",
        "quote \" before ü"
      })
  void shouldWriteWhatTheLibraryWritesWhateverATextHolds(String text) {
    AlertSignal signal =
        new AlertSignal(
            "home",
            "00ff",
            NOW,
            "A" + text,
            Status.RESOLVED,
            EntityRef.of("Pod", "shop", "web" + text),
            List.of(EntityRef.of("Node", null, "n" + text), EntityRef.singleton("Cluster")),
            text,
            Map.of("a" + text, text, "b", "c"),
            text,
            text,
            text,
            text,
            NOW.minusSeconds(60),
            NOW);

    assertThat(text(json.bytes(signal))).isEqualTo(text(Json.bytes(signal)));
  }

  @Test
  void shouldLeaveOutWhatIsNotThere() {
    AlertSignal signal =
        new AlertSignal(
            "home",
            "00ff",
            NOW,
            "A",
            Status.FIRING,
            EntityRef.singleton("Cluster"),
            List.of(),
            null,
            Map.of(),
            null,
            null,
            null,
            null,
            NOW,
            null);

    assertThat(text(json.bytes(signal))).isEqualTo(text(Json.bytes(signal)));
  }

  @Test
  void shouldWriteOneAfterAnotherWhateverTheirSize() {
    for (int size : new int[] {10, 3_000, 20_000, 1}) {
      AlertSignal signal =
          new AlertSignal(
              "home",
              "00ff",
              NOW,
              "A",
              Status.FIRING,
              EntityRef.of("Pod", "shop", "web"),
              List.of(),
              "critical",
              Map.of("label", "\"".repeat(size)),
              null,
              "ü".repeat(size),
              null,
              null,
              NOW,
              null);

      assertThat(text(json.bytes(signal))).isEqualTo(text(Json.bytes(signal)));
    }
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
