package io.causeline.collector.send;

import io.causeline.model.Topics.Topic;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where records go: Kafka, but for tests. It keeps the order of the records of one cluster and may
 * block for a second.
 */
@FunctionalInterface
public interface RecordSink {

  /**
   * Sends a record.
   *
   * @param key its part before the first slash is the cluster
   * @param value null for a tombstone
   * @return completed once it is stored; failed if it may not be. A failure for good, whatever is
   *     tried, is a {@link RefusedException}
   */
  CompletionStage<?> send(Topic topic, String key, byte @Nullable [] value);

  /** This record will never be stored. */
  final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** With a reason of few words, fit for a metric's label. */
    public RefusedException(String reason, Throwable cause) {
      super(reason, cause);
      this.reason = reason;
    }

    /** Few words, fit for a metric's label. */
    public String reason() {
      return reason;
    }
  }
}
