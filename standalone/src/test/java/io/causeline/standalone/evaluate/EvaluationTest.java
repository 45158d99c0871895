package io.causeline.standalone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.Json;
import io.causeline.service.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {

  @TempDir Path folder;

  @Test
  void shouldTellWhatWasRightAndWrongInEachHalf() throws IOException {
    labelled("001", "image-not-found", "named", "Failed to pull image \"x/y\": not found");
    labelled("002", "oom-killed", "named", "Failed to pull image \"x/y\": not found");

    JsonNode report = evaluate("001");

    assertThat(report.at("/cases/0/half").asText()).isEqualTo("tuned");
    assertThat(report.at("/cases/0/top1").asInt()).isEqualTo(1);
    assertThat(report.at("/cases/1/half").asText()).isEqualTo("unseen");
    assertThat(report.at("/cases/1/top1").asInt()).isZero();
    assertThat(report.at("/cases/1/falseClaims").asInt()).isEqualTo(1);
    assertThat(report.at("/confusion/0/expected").asText()).isEqualTo("oom-killed");
    assertThat(report.at("/confusion/0/said").asText()).isEqualTo("image-not-found");
    assertThat(report.at("/wrong/0/id").asText()).isEqualTo("002");
    assertThat(report.at("/calibration/answers").asInt()).isEqualTo(2);
  }

  @Test
  void shouldCountAMissedAndAFalseIncidentWhenTheTruthIsAnotherPlace() throws IOException {
    recording("node-lost");
    Path truth = folder.resolve("node-lost.truth.json");
    Files.writeString(
        truth,
        Files.readString(truth).replace("node-2", "node-9").replace("\"node-", "\"no-such-"));

    JsonNode recordings = evaluate(null).path("recordings");

    assertThat(recordings.path("expected").asInt()).isEqualTo(1);
    assertThat(recordings.path("falseIncidents").asInt()).isEqualTo(1);
    assertThat(recordings.path("missed").asInt()).isEqualTo(1);
    assertThat(recordings.path("locusTop1").asDouble()).isZero();
  }

  @Test
  void shouldSayHowSoonTheRightAnswerCameAndSetTheBaselineBesideIt() throws IOException {
    recording("node-lost");

    JsonNode report = evaluate(null);

    assertThat(report.at("/recordings/causeTop1").asDouble()).isEqualTo(1);
    assertThat(report.at("/recordings/compression").asDouble()).isGreaterThan(0.9);
    assertThat(report.at("/recordings/medianSecondsToRight").asDouble()).isBetween(20.0, 120.0);
    assertThat(report.at("/baseline/expected").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "4m52s, PT4M52S",
    "22m (x469 over 4d21h), PT22M",
    "4d21h, PT117H",
    "50s(x4 over 2m25s), PT50S",
    "'', PT0S"
  })
  void shouldReadAgesAsKubectlPrintsThem(String text, Duration age) {
    assertThat(CaseTrial.age(text)).isEqualTo(age);
  }

  @Test
  void shouldNameTheFileAndTheFaultWhenALabelIsMissing() throws IOException {
    Files.writeString(folder.resolve("x.json"), "{\"events\": [], \"truth\": {}}");

    assertThatThrownBy(() -> evaluate(null))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("x.json: 'category' is missing");
  }

  @Test
  void shouldKeepWhatStandsAroundTheReport() throws IOException {
    Path file = folder.resolve("evaluation.md");
    Files.writeString(file, "# Title\n<!-- report -->\nold\n<!-- end of report -->\nnotes\n");

    ReportFile.write(file, "new\n");

    assertThat(file).hasContent("# Title\n<!-- report -->\nnew\n<!-- end of report -->\nnotes\n");
  }

  @Test
  void shouldOverwriteNothingWhenAFileHasNoPlaceForAReport() throws IOException {
    Path file = folder.resolve("README.md");
    Files.writeString(file, "# Title\n");

    assertThatThrownBy(() -> ReportFile.write(file, "new\n"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("README.md has no place for a report");
    assertThat(file).hasContent("# Title\n");
  }

  private JsonNode evaluate(@org.jspecify.annotations.Nullable String tuned) throws IOException {
    return Json.mapper()
        .readTree(
            Evaluation.of(
                    List.of(folder),
                    KnowledgeLoader.builtIn(),
                    tuned == null ? null : Pattern.compile(tuned))
                .json());
  }

  private void labelled(String id, String cause, String evidence, String message)
      throws IOException {
    Files.writeString(
        folder.resolve(id + ".json"),
        """
        {"events": [{"reason": "Failed", "kind": "Pod", "name": "web-1", "message": %s, "age": "5m"}],
         "truth": {"category": "%s", "evidence": "%s"}}
        """
            .formatted(Json.mapper().writeValueAsString(message), cause, evidence));
  }

  private void recording(String name) throws IOException {
    for (String ending : List.of(".jsonl.gz", ".truth.json")) {
      try (InputStream in =
          Objects.requireNonNull(
              EvaluationTest.class.getResourceAsStream("/recordings/" + name + ending))) {
        Files.copy(in, folder.resolve(name + ending));
      }
    }
  }
}
