package io.causeline.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.Incident;
import io.causeline.standalone.recording.RecordingReader;
import io.causeline.standalone.recording.Recordings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was recorded of a real control plane becomes the incidents of its ground truth. */
class ReplayTest {

  static List<Incident> replay(String name) {
    try (RecordingReader reader = Recordings.open(name)) {
      return new Replay(
              "recording", KnowledgeLoader.builtIn(), CoreSettings.defaults(), incident -> {})
          .run(reader, Duration.ofMinutes(30));
    }
  }

  static List<String> recordings() {
    return Recordings.ALL;
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void shouldComeToTheIncidentsOfTheTruth(String name) {
    JsonNode truth = Recordings.truth(name);

    List<Incident> incidents = replay(name);

    List<String> expected = new ArrayList<>();
    for (JsonNode incident : truth.path("incidents")) {
      JsonNode locus = incident.path("locus");
      expected.add(
          String.join(
              " ",
              incident.path("cause").asText(),
              locus.path("kind").asText(),
              locus.path("namespace").asText("-"),
              locus.path("name").asText(),
              incident.path("resolves").asBoolean() ? "resolved" : "open"));
    }
    List<String> found = new ArrayList<>();
    for (Incident incident : incidents) {
      Incident.Hypothesis best = incident.best();
      found.add(
          String.join(
              " ",
              best.cause(),
              best.locus().kind(),
              best.locus().namespace() == null ? "-" : best.locus().namespace(),
              best.locus().name(),
              incident.state().word()));
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }
}
