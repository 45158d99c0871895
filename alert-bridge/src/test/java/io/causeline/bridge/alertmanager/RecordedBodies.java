package io.causeline.bridge.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Webhook bodies as a real Alertmanager 0.33 sent them while faults were played on a cluster. */
final class RecordedBodies {

  record Recorded(Instant at, JsonNode body) {
    byte[] json() {
      return Json.bytes(body);
    }
  }

  private RecordedBodies() {}

  static List<Recorded> of(String recording) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    RecordedBodies.class.getResourceAsStream(recording + ".jsonl")),
                StandardCharsets.UTF_8))) {
      return lines.lines().map(RecordedBodies::recorded).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Recorded recorded(String line) {
    try {
      JsonNode json = Json.mapper().readTree(line);
      return new Recorded(Instant.parse(json.path("at").asText()), json.path("body"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
