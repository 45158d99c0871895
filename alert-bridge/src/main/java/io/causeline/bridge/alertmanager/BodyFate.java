package io.causeline.bridge.alertmanager;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what becomes of one body's records by counting them: a future for each would cost more
 * than the record.
 */
final class BodyFate implements RecordSink.Fate {

  private final CompletableFuture<Void> stored = new CompletableFuture<>();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();

  /** Records under way, and one for the sending itself. */
  private final AtomicInteger open = new AtomicInteger(1);

  /** One more is about to be sent. */
  void sending() {
    open.incrementAndGet();
  }

  @Override
  public void settled(@Nullable Throwable failure) {
    if (failure != null) {
      failed(failure);
    }
    close();
  }

  /** The body is not stored, whatever becomes of the rest. */
  void failed(Throwable failure) {
    stored.completeExceptionally(failure);
  }

  boolean hasFailed() {
    return stored.isCompletedExceptionally();
  }

  /** No more are sent. */
  void allSent() {
    close();
  }

  AlertStore.Writes writes() {
    return new AlertStore.Writes(stored, settled);
  }

  private void close() {
    if (open.decrementAndGet() == 0) {
      stored.complete(null);
      settled.complete(null);
    }
  }
}
