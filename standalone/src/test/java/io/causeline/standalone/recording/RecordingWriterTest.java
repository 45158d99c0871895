package io.causeline.standalone.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import io.causeline.service.StartupException;
import io.causeline.standalone.recording.Recorded.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingWriterTest {

  @TempDir Path folder;

  @Test
  void shouldReadBackTheSameWhenARealRecordingIsWritten() throws IOException {
    List<Recorded> records = new ArrayList<>();
    try (RecordingReader reader = Recordings.open("two-faults")) {
      reader.forEachRemaining(records::add);
    }
    Path copy = folder.resolve("copy.jsonl");

    try (RecordingWriter writer = RecordingWriter.create(copy)) {
      records.forEach(writer::write);
      assertThat(writer.written()).isEqualTo(records.size());
    }

    assertThat(read(copy)).isEqualTo(records);
  }

  @Test
  void shouldHaveEachRecordInTheFileWhenItIsStillOpen() throws IOException {
    Path file = folder.resolve("r.jsonl");
    try (RecordingWriter writer = RecordingWriter.create(file)) {
      writer.write(pod("{\"name\":\"a\"}"));

      assertThat(read(file)).hasSize(1);
    }
  }

  @Test
  void shouldRefuseWhenTheFileWouldBeCompressed() {
    assertThatThrownBy(() -> RecordingWriter.create(folder.resolve("r.jsonl.gz")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("gzip it afterwards");
  }

  @Test
  void shouldDropManagedFieldsAndLeaveTheObjectAloneWhenWritten() throws IOException {
    Path file = folder.resolve("r.jsonl");
    Watch watch = pod("{\"name\":\"a\",\"managedFields\":[{\"manager\":\"kubelet\"}]}");

    try (RecordingWriter writer = RecordingWriter.create(file)) {
      writer.write(watch);
    }

    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"at\":\"2026-01-01T00:00:00.000Z\",\"kind\":\"watch\",\"resource\":\"pods\","
                + "\"event\":{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"a\"}}}}\n");
    assertThat(watch.object().at("/metadata/managedFields").isMissingNode()).isFalse();
  }

  @Test
  void shouldRefuseWhenTheFileExists() throws IOException {
    Path file = Files.writeString(folder.resolve("r.jsonl"), "mine");

    assertThatThrownBy(() -> RecordingWriter.create(file))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("exists already");
    assertThat(file).hasContent("mine");
  }

  private static Watch pod(String metadata) throws IOException {
    return new Watch(
        Instant.parse("2026-01-01T00:00:00Z"),
        "pods",
        Watch.Type.ADDED,
        (ObjectNode) Json.mapper().readTree("{\"metadata\":" + metadata + "}"));
  }

  private static List<Recorded> read(Path file) {
    try (RecordingReader reader = RecordingReader.open(List.of(file))) {
      List<Recorded> records = new ArrayList<>();
      reader.forEachRemaining(records::add);
      return records;
    }
  }
}
