package io.causeline.bridge.alertmanager;

import io.causeline.model.Topics.Topic;
import io.causeline.service.Health;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where records go: Kafka, once it can be reached. */
public interface RecordSink {

  /** Is told once what became of a record. */
  interface Fate {

    /**
     * It is stored, or may not be. Called on any thread, Kafka's own among them, also before {@link
     * RecordSink#send} returns: it must be quick and may not block.
     *
     * @param failure null when it is stored
     */
    void settled(@Nullable Throwable failure);
  }

  /**
   * Sends; never throws.
   *
   * @param key its part before the first slash is the cluster
   */
  void send(Topic topic, String key, byte[] value, Map<String, String> headers, Fate fate);

  /**
   * Sends; never throws. The future completes normally only when the record is stored, and
   * exceptionally when it may not be, on a thread as a {@link Fate} is told on.
   *
   * @param key its part before the first slash is the cluster
   */
  default CompletableFuture<?> send(
      Topic topic, String key, byte[] value, Map<String, String> headers) {
    CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
    send(
        topic,
        key,
        value,
        headers,
        failure -> {
          if (failure == null) {
            future.complete(null);
          } else {
            future.completeExceptionally(failure);
          }
        });
    return future;
  }

  /** Whether records are stored right now, and if not, why. */
  Health.Result readiness();
}
