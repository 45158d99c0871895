package io.causeline.standalone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.Json;
import io.causeline.standalone.ProjectFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How good the diagnosis must be on what is labelled; {@code docs/evaluation.md} has the figures.
 */
class QualityTest {

  private static JsonNode report = Json.mapper().createObjectNode();

  @BeforeAll
  static void evaluate() throws IOException {
    Path resources = ProjectFiles.path("standalone/src");
    report =
        Json.mapper()
            .readTree(
                Evaluation.of(
                        List.of(
                            resources.resolve("test/resources/recordings"),
                            resources.resolve("main/resources/recordings"),
                            resources.resolve("test/resources/cases")),
                        KnowledgeLoader.builtIn(),
                        Pattern.compile("\\d\\d[13579]"))
                    .json());
  }

  @Test
  void shouldTellEachRecordedFaultAndNothingElse() {
    JsonNode recordings = report.path("recordings");
    assertThat(recordings.path("recordings").asInt()).isEqualTo(9);
    assertThat(recordings.path("missed").asInt()).isZero();
    assertThat(recordings.path("falseIncidents").asInt()).isZero();
    assertThat(recordings.path("causeTop1").asDouble()).isEqualTo(1);
    assertThat(recordings.path("locusTop1").asDouble()).isEqualTo(1);
    assertThat(recordings.path("criticalAlertsKept").asDouble()).isEqualTo(1);
  }

  @Test
  void shouldNameTheCauseWhereTheMessagesDo() {
    for (String half : List.of("tuned", "unseen")) {
      int cases = sum(half, "cases", "named", "class-only");
      assertThat(cases).isGreaterThan(15);
      assertThat(sum(half, "top1", "named", "class-only"))
          .isGreaterThanOrEqualTo((int) Math.ceil(0.85 * cases));
      assertThat(sum(half, "top3", "named", "class-only"))
          .isGreaterThanOrEqualTo((int) Math.ceil(0.97 * cases));
    }
  }

  @Test
  void shouldHaveTheCauseAmongThreeInHalfOfTheCasesThatMislead() {
    int cases = 0;
    int found = 0;
    for (String half : List.of("tuned", "unseen")) {
      cases += sum(half, "cases", "misleading", "silent");
      found += sum(half, "top3", "misleading", "silent");
    }
    assertThat(2 * found).isGreaterThanOrEqualTo(cases);
  }

  @Test
  void shouldBeAsSureAsItIsRight() {
    assertThat(report.at("/calibration/error").asDouble()).isLessThanOrEqualTo(0.1);
  }

  private static int sum(String half, String figure, String... clues) {
    int sum = 0;
    for (JsonNode group : report.path("cases")) {
      if (group.path("half").asText().equals(half)
          && List.of(clues).contains(group.path("evidence").asText())) {
        sum += group.path(figure).asInt();
      }
    }
    return sum;
  }
}
