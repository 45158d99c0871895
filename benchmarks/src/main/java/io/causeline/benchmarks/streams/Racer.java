package io.causeline.benchmarks.streams;

import java.io.IOException;
import org.apache.kafka.streams.KafkaStreams;

/** A topology that reads the topic of signals. */
public interface Racer extends AutoCloseable {

  /** Its consumer group. */
  String group();

  /** The running topology, to pause and to resume. */
  KafkaStreams streams();

  /** Begins to process. */
  void start();

  /** Ends it and removes what it has stored here. */
  @Override
  void close() throws IOException;
}
