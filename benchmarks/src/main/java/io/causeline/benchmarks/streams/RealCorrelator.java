package io.causeline.benchmarks.streams;

import io.causeline.correlator.CorrelatorSettings;
import io.causeline.correlator.StreamsConfiguration;
import io.causeline.correlator.streams.ClusterTroubles;
import io.causeline.correlator.streams.Correlation;
import io.causeline.correlator.streams.CorrelatorMetrics;
import io.causeline.correlator.streams.CorrelatorTopology;
import io.causeline.correlator.streams.InputState;
import io.causeline.correlator.streams.RocksDbMemory;
import io.causeline.correlator.streams.StreamsInstance;
import io.causeline.model.Incident.Severity;
import io.causeline.service.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** The product's topology, in the product's configuration; the core behind it can be another. */
final class RealCorrelator implements Racer {

  private static final long MIB = 1024L * 1024;

  private final CorrelatorSettings settings;
  private final String group;
  private final Metrics metrics = new Metrics();
  private final StreamsInstance instance;

  RealCorrelator(CorrelatorSettings settings, Correlation.Factory factory) {
    this.settings = settings;
    RocksDbMemory memory = new RocksDbMemory(settings.storeMemoryMib() * MIB);
    Map<String, Object> config = StreamsConfiguration.of(settings, "localhost:1", memory);
    this.group = String.valueOf(config.get(StreamsConfig.APPLICATION_ID_CONFIG));
    ClusterTroubles troubles = new ClusterTroubles();
    CorrelatorMetrics correlatorMetrics = new CorrelatorMetrics(metrics);
    this.instance =
        new StreamsInstance(
            new CorrelatorTopology(
                    settings.kafka().topicPrefix(),
                    settings.kafka().partitions(),
                    settings.retention(),
                    factory,
                    correlatorMetrics,
                    troubles,
                    System::nanoTime,
                    config)
                .get(),
            config,
            memory,
            InstantSource.system(),
            correlatorMetrics,
            new InputState(System::nanoTime),
            troubles,
            new CompletableFuture<>());
  }

  @Override
  public String group() {
    return group;
  }

  @Override
  public KafkaStreams streams() {
    return instance.kafkaStreams();
  }

  @Override
  public void start() {
    instance.start();
  }

  /** Where its stores lie. */
  Path stateDir() {
    return settings.stateDir();
  }

  /** Open and acknowledged incidents, as its metrics tell. */
  long open() {
    double open = 0;
    for (Severity severity : Severity.values()) {
      open += value("causeline_correlator_incidents_active", Map.of("severity", severity.word()));
    }
    return Math.round(open);
  }

  /** Snapshots that left so far. */
  long snapshots() {
    return Math.round(value("causeline_correlator_snapshots_total", Map.of()));
  }

  /** Records that could not be used. */
  long deadLetters() {
    return Math.round(
        value(
            "causeline_correlator_signals_total",
            Map.of("kind", "kubernetes-event", "outcome", "dead-letter")));
  }

  private double value(String sample, Map<String, String> labels) {
    Double value = metrics.value(sample, labels);
    return value == null ? 0 : value;
  }

  @Override
  public void close() throws IOException {
    instance.close();
    Bed.delete(settings.stateDir());
  }
}
