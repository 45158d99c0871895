package io.causeline.correlator.streams;

import io.causeline.model.Command;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import io.causeline.model.Signal;
import io.causeline.model.Topics;
import io.causeline.service.Metrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology, driven by hand: one partition, both clocks stand still until they are moved. */
final class TopologyHarness implements AutoCloseable {

  static final String PREFIX = "causeline.";
  static final Duration RETENTION = Duration.ofDays(30);

  final Metrics metrics = new Metrics();
  final ClusterTroubles troubles = new ClusterTroubles();
  final TopologyTestDriver driver;
  private final TestOutputTopic<String, byte[]> incidents;
  private final TestOutputTopic<byte[], byte[]> deadLetters;

  TopologyHarness(Path stateDir, Correlation.Factory factory) {
    Map<String, Object> config = config(stateDir);
    Properties properties = new Properties();
    properties.putAll(config);
    driver =
        new TopologyTestDriver(
            topology(config, factory, metrics, troubles), properties, Samples.T0);
    incidents =
        driver.createOutputTopic(
            Topics.INCIDENTS.name(PREFIX), new StringDeserializer(), new ByteArrayDeserializer());
    deadLetters =
        driver.createOutputTopic(
            Topics.DEAD_LETTERS.name(PREFIX),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  static Map<String, Object> config(Path stateDir) {
    Map<String, Object> config = new HashMap<>();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "correlator");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    return config;
  }

  static Topology topology(
      Map<String, Object> config,
      Correlation.Factory factory,
      Metrics metrics,
      ClusterTroubles troubles) {
    return new CorrelatorTopology(
            PREFIX,
            1,
            RETENTION,
            factory,
            new CorrelatorMetrics(metrics),
            troubles,
            () -> 0,
            config)
        .get();
  }

  void send(Signal signal) {
    pipe(Topics.SIGNALS, signal.cluster(), Json.bytes(signal));
  }

  /** As one that waited in its topic since then. */
  void sendLate(Signal signal, Instant since) {
    pipe(
        Topics.SIGNALS,
        new TestRecord<>(
            signal.cluster().getBytes(StandardCharsets.UTF_8), Json.bytes(signal), null, since));
  }

  void send(Command command) {
    pipe(Topics.COMMANDS, command.cluster(), Json.bytes(command));
  }

  void pipe(Topics.Topic topic, String key, byte[] value) {
    pipe(topic, new TestRecord<>(key == null ? null : key.getBytes(StandardCharsets.UTF_8), value));
  }

  void pipe(Topics.Topic topic, TestRecord<byte[], byte[]> record) {
    TestInputTopic<byte[], byte[]> input =
        driver.createInputTopic(
            topic.name(PREFIX), new ByteArraySerializer(), new ByteArraySerializer());
    input.pipeInput(record);
  }

  void advance(Duration by) {
    driver.advanceWallClockTime(by);
  }

  /** What left for the topic since the last call; a tombstone has a null value. */
  List<TestRecord<String, byte[]>> sent() {
    return incidents.readRecordsToList();
  }

  List<Incident> sentIncidents() {
    return sent().stream().map(record -> Json.read(record.value(), Incident.class)).toList();
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    return deadLetters.readRecordsToList();
  }

  IncidentReader reader() {
    return new IncidentReader(
        driver.getKeyValueStore(CorrelatorStores.INCIDENTS),
        driver.getKeyValueStore(CorrelatorStores.INCIDENTS_BY_TIME),
        driver.getKeyValueStore(CorrelatorStores.PUBLICATIONS),
        driver.getKeyValueStore(CorrelatorStores.STATE),
        troubles);
  }

  double metric(String name, Map<String, String> labels) {
    Double value = metrics.value(name, labels);
    return value == null ? 0 : value;
  }

  Instant now() {
    return Samples.T0;
  }

  @Override
  public void close() {
    driver.close();
  }
}
