package io.causeline.standalone.recording;

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
}
