package io.causeline.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CauselineCommandTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private InputStream in = InputStream.nullInputStream();

  @Test
  void shouldPrintOneJsonDocumentWhenReplayIsAskedForJson() throws IOException {
    int code =
        run("replay", recording("node-lost").toString(), "--output", "json", "--cluster", "eu-1");

    assertThat(code).isZero();
    JsonNode document = Json.mapper().readTree(out.toByteArray());
    assertThat(document.properties()).extracting(Map.Entry::getKey).containsExactly("incidents");
    JsonNode incident = document.at("/incidents/0");
    assertThat(incident.path("cluster").asText()).isEqualTo("eu-1");
    assertThat(incident.path("state").asText()).isEqualTo("resolved");
    assertThat(incident.path("resolvedAt").asText()).matches("2026-11-21T08:1.:..\\....Z");
    assertThat(incident.has("mergedInto")).isTrue();
    assertThat(incident.at("/hypotheses/0/cause").asText()).isEqualTo("node-down");
    assertThat(incident.at("/timeline/0/id").asText()).isNotEmpty();
    assertThat(incident.at("/feed/complete").asBoolean()).isTrue();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void shouldMergeFilesWhenReplayIsGivenSeveral() throws IOException {
    run(
        "replay",
        recording("image-missing").toString(),
        recording("cloud-quota").toString(),
        "--output=json");

    assertThat(Json.mapper().readTree(out.toByteArray()).path("incidents"))
        .extracting(incident -> incident.at("/hypotheses/0/cause").asText())
        .containsExactlyInAnyOrder("image-not-found", "cloud-quota-exceeded");
  }

  @Test
  void shouldNotLetTheEndBeSeenWhenTheClockMaySettleOnlyShortly() throws IOException {
    run("replay", recording("node-lost").toString(), "--output", "json", "--settle", "1s");

    assertThat(Json.mapper().readTree(out.toByteArray()).at("/incidents/0/state").asText())
        .isEqualTo("open");
  }

  @Test
  void shouldSayWhatBrokeAndWhatToDoWhenPrintedAsText() throws IOException {
    run("replay", recording("node-lost").toString());

    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("1 incident\n")
        .contains(
            "Node node-2 is not ready, hits ",
            "warning, resolved ",
            "node-down on Node node-2",
            "  evidence   08:13:43  ",
            "NodeNotReady on Node node-2: Node node-2 status is now: NodeNotReady",
            "  check      1. ",
            "   $ kubectl describe node node-2",
            "  fix        1. ",
            "   risk: ",
            "  timeline   ")
        .containsSubsequence("cause ", "or ", "evidence ", "check ", "fix ", "hit ", "timeline ");
  }

  @Test
  void shouldSayThatThereIsNoneWhenTheDayWasQuiet() throws IOException {
    run("replay", recording("quiet-day").toString());

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("No incidents.\n");
  }

  @Test
  void shouldSayWhatItReadWhenDiagnoseFindsNothing() {
    in =
        new ByteArrayInputStream(
            "{\"kind\":\"List\",\"items\":[]}".getBytes(StandardCharsets.UTF_8));

    assertThat(run("diagnose")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("No incidents.\n0 events, 0 alerts, 0 other objects were read.\n");
  }

  @Test
  void shouldReadStandardInputWhenDiagnoseIsGivenNoFile() {
    in =
        new ByteArrayInputStream(
            "{\"kind\":\"List\",\"items\":[]}".getBytes(StandardCharsets.UTF_8));

    assertThat(run("diagnose", "--output", "json")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).replaceAll("\\s", ""))
        .isEqualTo("{\"incidents\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|causeline: which command?",
        "cook|causeline: Unmatched argument at index 0: 'cook'",
        "replay|causeline replay: Missing required parameter: 'FILE'",
        "replay x --settle soon|causeline replay: Invalid value for option '--settle': 'soon':"
            + " expected a duration such as 500ms, 30s, 15m, 12h or 7d",
        "replay x --output xml|causeline replay: Invalid value for option '--output'",
        "replay x --cluster a/b|causeline replay: Invalid value for option '--cluster': cluster name"
            + " 'a/b' is not valid",
        "broker --port 70000|causeline broker: Invalid value for option '--port': '70000' is no"
            + " port",
        "diagnose a b|causeline diagnose: Unmatched argument at index 2: 'b'",
      })
  void shouldSayItInOneLineAndExitWith2WhenTheCallIsWrong(String call, String message) {
    int code = run(call == null ? new String[0] : call.split(" ", -1));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(message).hasLineCount(1);
    assertThat(out.size()).isZero();
  }

  @Test
  void shouldNameFileAndLineAndExitWith1WhenAFileIsBad() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{}\n");

    assertThat(run("replay", bad.toString())).isEqualTo(1);
    assertThat(run("replay", folder.resolve("none").toString())).isEqualTo(1);
    assertThat(run("diagnose", folder.resolve("none").toString())).isEqualTo(1);

    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "causeline replay: " + bad + ":1: \"at\" is missing or not a text; mend or remove it",
            "causeline replay: there is no file " + folder.resolve("none"),
            "causeline diagnose: there is no file " + folder.resolve("none"));
  }

  @Test
  void shouldNameThePortAndExitWith1WhenTheBrokersPortIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

      assertThat(run("broker", "--port", String.valueOf(taken.getLocalPort()))).isEqualTo(1);

      assertThat(err.toString(StandardCharsets.UTF_8))
          .startsWith("causeline broker: port " + taken.getLocalPort() + " is in use")
          .hasLineCount(1);
    }
  }

  private int run(String... args) {
    return CauselineCommand.run(
        new Console(
            in,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of()),
        args);
  }

  private Path recording(String name) throws IOException {
    Path file = folder.resolve(name + ".jsonl.gz");
    try (InputStream bytes =
        Objects.requireNonNull(
            getClass().getResourceAsStream("/recordings/" + name + ".jsonl.gz"))) {
      Files.copy(bytes, file);
    }
    return file;
  }
}
