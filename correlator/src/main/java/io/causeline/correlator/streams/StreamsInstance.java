package io.causeline.correlator.streams;

import io.causeline.service.Health;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** The running topology of this process. */
public final class StreamsInstance implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

  /** At most so many records may wait before answers count as too old. */
  private static final long CAUGHT_UP = 10_000;

  private final KafkaStreams streams;
  private final ThreadFailures failures;
  private final InputState input;
  private final ClusterTroubles troubles;
  private volatile boolean caughtUp;

  /** Makes it; {@link #start} starts it. */
  public StreamsInstance(
      Topology topology,
      Map<String, Object> config,
      InstantSource clock,
      CorrelatorMetrics metrics,
      InputState input,
      ClusterTroubles troubles) {
    Properties properties = new Properties();
    properties.putAll(config);
    this.input = input;
    this.troubles = troubles;
    this.failures = new ThreadFailures(clock, metrics);
    this.streams =
        new KafkaStreams(topology, new StreamsConfig(properties), new KafkaClients(input));
    this.streams.setUncaughtExceptionHandler(failures);
  }

  /** Begins to process. */
  public void start() {
    streams.start();
  }

  /** For queries of the stores. */
  public KafkaStreams kafkaStreams() {
    return streams;
  }

  /** Down when only a restart can help. */
  public Health.Result liveness() {
    KafkaStreams.State state = streams.state();
    return state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING
        ? Health.Result.down("Kafka Streams is " + state + "; see the log, then restart")
        : Health.Result.up("Kafka Streams is " + state);
  }

  /** Up when it runs and its answers are not far behind what lies in Kafka. */
  public Health.Result readiness() {
    KafkaStreams.State state = streams.state();
    if (state != KafkaStreams.State.RUNNING) {
      caughtUp = false;
      return Health.Result.down(
          "Kafka Streams is " + state + ": partitions are being shared out or restored");
    }
    Map<String, String> stopped = input.stopped();
    if (!stopped.isEmpty()) {
      return Health.Result.down("stopped: " + stopped);
    }
    Health.Result threads = failures.readiness();
    if (!threads.ok()) {
      return threads;
    }
    long lag = input.lag();
    if (!caughtUp && lag > CAUGHT_UP) {
      return Health.Result.down("catching up: " + lag + " records are still to be read");
    }
    caughtUp = true;
    Map<String, String> sick = troubles.all();
    return Health.Result.up(
        sick.isEmpty() ? "running, " + lag + " records to read" : "running; trouble: " + sick);
  }

  /** Commits what is under way and leaves the group. */
  @Override
  public void close() {
    failures.close();
    streams.close(CLOSE_TIMEOUT);
  }
}
