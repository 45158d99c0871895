package io.causeline.collector;

import io.causeline.collector.send.RecordSink;
import io.causeline.model.Topics.Topic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Lets nothing through while another collector may be the active one. */
record GatedSink(RecordSink sink, BooleanSupplier open) implements RecordSink {

  @Override
  public CompletionStage<?> send(Topic topic, String key, byte @Nullable [] value) {
    return open.getAsBoolean()
        ? sink.send(topic, key, value)
        : CompletableFuture.failedFuture(
            new IllegalStateException("this is no longer the active collector"));
  }
}
