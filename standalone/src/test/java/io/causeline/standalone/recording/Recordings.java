package io.causeline.standalone.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The recordings that the tests run on, by name. */
public final class Recordings {

  /** All of them, each with a {@code NAME.truth.json} beside it. */
  public static final List<String> ALL =
      List.of(
          "bad-rollout",
          "cloud-quota",
          "cloud-throttled",
          "image-missing",
          "node-lost",
          "node-lost-helm-labels",
          "quiet-day",
          "selector-mismatch",
          "two-faults");

  private Recordings() {}

  /** Opens one. */
  public static RecordingReader open(String name) {
    return RecordingReader.of(
        name,
        Objects.requireNonNull(
            Recordings.class.getResourceAsStream("/recordings/" + name + ".jsonl.gz"), name));
  }

  /** What was done, and which incidents it must come to. */
  public static JsonNode truth(String name) {
    try (InputStream truth =
        Objects.requireNonNull(
            Recordings.class.getResourceAsStream("/recordings/" + name + ".truth.json"), name)) {
      return Json.mapper().readTree(truth);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
