package io.causeline.standalone.record;

import io.causeline.standalone.recording.Recorded;
import io.causeline.standalone.recording.RecordingWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The recording's one line of time: what several watchers and webhooks say is stamped and written
 * in the same order, and never goes back, even where the clock does.
 */
final class RecordingLog {

  private final RecordingWriter writer;
  private final InstantSource clock;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private Instant last = Instant.MIN;

  RecordingLog(RecordingWriter writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Writes what is made of the present time.
   *
   * @throws UncheckedIOException if it could not be written; {@link #failure()} tells it too
   */
  synchronized void write(Function<Instant, Recorded> record) {
    Instant now = clock.instant();
    last = now.isAfter(last) ? now : last;
    try {
      writer.write(record.apply(last));
    } catch (UncheckedIOException e) {
      failure.complete(e);
      throw e;
    }
  }

  /** Completed when the recording cannot be written on. */
  CompletableFuture<Throwable> failure() {
    return failure;
  }
}
