package io.causeline.bridge.alertmanager;

import io.causeline.model.Topics.Topic;
import io.causeline.service.Health;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Where records go: Kafka, once it can be reached. */
public interface RecordSink {

  /**
   * Sends; never throws. The future completes normally only when the record is stored, and
   * exceptionally when it may not be.
   *
   * @param key its part before the first slash is the cluster
   */
  CompletableFuture<?> send(Topic topic, String key, byte[] value, Map<String, String> headers);

  /** Whether records are stored right now, and if not, why. */
  Health.Result readiness();
}
