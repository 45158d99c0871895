package io.causeline.correlator.streams;

import io.causeline.service.Health;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running topology of this process. */
public final class StreamsInstance implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StreamsInstance.class);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

  /** Heartbeats go out every 3 s. */
  private static final Duration CUT_OFF = Duration.ofSeconds(20);

  /** At most so many records may wait before answers count as too old. */
  private static final long CAUGHT_UP = 10_000;

  private final KafkaStreams streams;
  private final HostInfo self;
  private final ThreadFailures failures;
  private final RocksDbMemory memory;
  private final InputState input;
  private final ClusterTroubles troubles;
  private volatile boolean caughtUp;
  private volatile boolean closing;

  /**
   * Makes it; {@link #start} starts it.
   *
   * @param memory of its stores, closed with it
   * @param failure is completed when it has stopped without being closed
   */
  public StreamsInstance(
      Topology topology,
      Map<String, Object> config,
      RocksDbMemory memory,
      InstantSource clock,
      CorrelatorMetrics metrics,
      InputState input,
      ClusterTroubles troubles,
      CompletableFuture<Throwable> failure) {
    Properties properties = new Properties();
    properties.putAll(config);
    this.self =
        HostInfo.buildFromEndpoint(
            String.valueOf(config.get(StreamsConfig.APPLICATION_SERVER_CONFIG)));
    this.memory = memory;
    this.input = input;
    this.troubles = troubles;
    this.failures = new ThreadFailures(clock, metrics);
    this.streams =
        new KafkaStreams(topology, new StreamsConfig(properties), new KafkaClients(input));
    this.streams.setUncaughtExceptionHandler(failures);
    this.streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.ERROR
              || (now == KafkaStreams.State.NOT_RUNNING && !closing)) {
            failure.complete(
                new IllegalStateException("Kafka Streams is " + now + "; the log says why"));
          }
        });
  }

  /** Begins to process. */
  public void start() {
    streams.start();
  }

  /** For queries of the stores. */
  public KafkaStreams kafkaStreams() {
    return streams;
  }

  /** The address by which the other instances reach this one. */
  public HostInfo self() {
    return self;
  }

  /** Whether Kafka has not answered for so long that what is here counts as old. */
  boolean isCutOff() {
    return input.silence().compareTo(CUT_OFF) > 0;
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
    Map<String, String> stopped = input.stopped();
    if (!stopped.isEmpty()) {
      return Health.Result.down("stopped: " + stopped);
    }
    KafkaStreams.State state = streams.state();
    if (state != KafkaStreams.State.RUNNING) {
      caughtUp = false;
      return Health.Result.down(
          "Kafka Streams is " + state + ": partitions are being shared out or restored");
    }
    Health.Result threads = failures.readiness();
    if (!threads.ok()) {
      return threads;
    }
    if (isCutOff()) {
      return Health.Result.down(
          "Kafka has not answered for " + input.silence().toSeconds() + " s; queries say so");
    }
    long lag = input.lag();
    int unknown = input.unknown();
    if (!caughtUp && (lag > CAUGHT_UP || unknown > 0)) {
      return Health.Result.down(
          "catching up: "
              + lag
              + " records are still to be read"
              + (unknown > 0 ? ", and those of " + unknown + " partitions" : ""));
    }
    caughtUp = true;
    // Without the reasons: anyone may ask for readiness, and they may quote what was observed.
    Set<String> sick = troubles.clusters();
    return Health.Result.up(
        sick.isEmpty()
            ? "running, " + lag + " records to read"
            : "running, but clusters " + sick + " cannot be computed; see the log");
  }

  /** Commits what is under way and leaves the group. */
  @Override
  public void close() {
    closing = true;
    failures.close();
    // Leaving lets another take over at once, instead of after the session's time-out.
    boolean inTime =
        streams.close(
            CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    if (inTime) {
      memory.close();
    } else {
      // Its stores may still be in use, so their memory must stay.
      log.warn(
          "Kafka Streams did not stop within {} s; what it had not committed is read again",
          CLOSE_TIMEOUT.toSeconds());
    }
  }
}
