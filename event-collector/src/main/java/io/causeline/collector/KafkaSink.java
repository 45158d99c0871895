package io.causeline.collector;

import io.causeline.collector.send.RecordSink;
import io.causeline.model.Topics.Topic;
import io.causeline.service.RecordWriter;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Kafka. */
final class KafkaSink implements RecordSink {

  private final RecordWriter writer;

  KafkaSink(RecordWriter writer) {
    this.writer = writer;
  }

  @Override
  public CompletionStage<?> send(Topic topic, String key, byte @Nullable [] value) {
    return writer
        .send(topic, key, value)
        .exceptionallyCompose(
            failure ->
                java.util.concurrent.CompletableFuture.failedFuture(
                    failure instanceof RecordTooLargeException
                        ? new RefusedException("too-large", failure)
                        : failure));
  }
}
