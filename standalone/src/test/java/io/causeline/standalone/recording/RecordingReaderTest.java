package io.causeline.standalone.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.service.StartupException;
import io.causeline.standalone.recording.Recorded.Watch;
import io.causeline.standalone.recording.Recorded.Webhook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingReaderTest {

  @TempDir Path folder;

  @Test
  void shouldTellWatchesAndWebhooksApartWhenRead() throws IOException {
    Path file =
        file(
            "r.jsonl",
            pod("2026-01-01T00:00:00.000Z", "a"),
            "",
            "{\"at\":\"2026-01-01T01:00:01.5+01:00\",\"kind\":\"alertmanager\","
                + "\"body\":{\"version\":\"4\"},\"more\":1}");

    List<Recorded> records = read(file);

    assertThat(records).hasSize(2);
    assertThat(records.get(0))
        .isInstanceOfSatisfying(
            Watch.class,
            watch -> {
              assertThat(watch.resource()).isEqualTo("pods");
              assertThat(watch.type()).isEqualTo(Watch.Type.ADDED);
              assertThat(nameOf(watch)).isEqualTo("a");
            });
    assertThat(records.get(1))
        .isInstanceOfSatisfying(
            Webhook.class,
            webhook -> {
              assertThat(webhook.at()).isEqualTo(Instant.parse("2026-01-01T00:00:01.500Z"));
              assertThat(webhook.body().get("version").asText()).isEqualTo("4");
            });
  }

  @Test
  void shouldMergeByTimeAndKeepTheOrderOfFilesAndLinesWhenTimesAreEqual() throws IOException {
    Path first =
        file(
            "1.jsonl",
            pod("2026-01-01T00:00:01Z", "1a"),
            pod("2026-01-01T00:00:02Z", "1b"),
            pod("2026-01-01T00:00:02Z", "1c"),
            pod("2026-01-01T00:00:01Z", "1d, by a clock that stepped back"));
    Path second =
        file(
            "2.jsonl",
            pod("2026-01-01T00:00:01Z", "2a"),
            pod("2026-01-01T00:00:02Z", "2b"),
            pod("2026-01-01T00:00:03Z", "2c"));

    assertThat(read(first, second))
        .extracting(RecordingReaderTest::nameOf)
        .containsExactly("1a", "2a", "1b", "1c", "1d, by a clock that stepped back", "2b", "2c");
  }

  @Test
  void shouldReadGzipWhenTheNameDoesNotSaySo() throws IOException {
    Path file = folder.resolve("r.jsonl");
    Files.write(file, gzip(pod("2026-01-01T00:00:01Z", "a") + "\n"));

    assertThat(read(file)).extracting(RecordingReaderTest::nameOf).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"watch\",\"res|"
            + "it is not JSON: Unexpected end-of-input|killed leaves such a line at the end",
        "{} {}|it is not JSON: Trailing token|mend or remove it",
        "[1]|it is not a JSON object|mend or remove it",
        "{\"kind\":\"watch\"}|\"at\" is missing or not a text|mend or remove it",
        "{\"at\":\"yesterday\",\"kind\":\"watch\"}|\"at\" is \"yesterday\", which is not a time"
            + "|mend or remove it",
        "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"tea\"}|\"kind\" is \"tea\", which is neither"
            + "|mend or remove it",
        "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"alertmanager\",\"body\":7}"
            + "|\"body\" is missing or not a JSON object|mend or remove it",
        "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"watch\",\"resource\":\"pods\","
            + "\"event\":{\"type\":\"BOOKMARK\",\"object\":{}}}|\"type\" is \"BOOKMARK\""
            + "|mend or remove it",
      })
  void shouldNameFileLineFaultAndWayOutWhenALineIsBad(String line, String fault, String wayOut)
      throws IOException {
    Path file = file("bad.jsonl", pod("2026-01-01T00:00:00Z", "a"), "", line);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith(file + ":3: ")
        .hasMessageContaining(fault)
        .hasMessageContaining(wayOut);
  }

  @Test
  void shouldSayThatTheFileIsBrokenWhenGzipEndsEarly() throws IOException {
    byte[] whole = gzip((pod("2026-01-01T00:00:01Z", "a") + "\n").repeat(500));
    Path file = folder.resolve("r.jsonl.gz");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("the compressed file is broken");
  }

  @Test
  void shouldNameTheFileWhenItIsMissingOrAFolder() {
    assertThatThrownBy(() -> read(folder.resolve("none.jsonl")))
        .isInstanceOf(StartupException.class)
        .hasMessage("there is no file " + folder.resolve("none.jsonl"));
    assertThatThrownBy(() -> read(folder))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("is a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n"})
  void shouldBeEmptyWhenNothingWasRecorded(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("empty.jsonl"), content);

    assertThat(read(file)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"node-lost,91", "bad-rollout,289", "quiet-day,173"})
  void shouldReadEveryLineWhenTheRecordingIsReal(String name, int lines) {
    try (RecordingReader reader = Recordings.open(name)) {
      List<Recorded> records = new ArrayList<>();
      reader.forEachRemaining(records::add);
      assertThat(records).hasSize(lines);
      assertThat(records).extracting(Recorded::at).isSorted();
    }
  }

  private List<Recorded> read(Path... files) {
    try (RecordingReader reader = RecordingReader.open(List.of(files))) {
      List<Recorded> records = new ArrayList<>();
      reader.forEachRemaining(records::add);
      return records;
    }
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private static byte[] gzip(String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String pod(String at, String name) {
    return "{\"at\":\"%s\",\"kind\":\"watch\",\"resource\":\"pods\",\"event\":{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"%s\"}}}}"
        .formatted(at, name);
  }

  private static String nameOf(Recorded recorded) {
    return ((Watch) recorded).object().at("/metadata/name").asText();
  }
}
