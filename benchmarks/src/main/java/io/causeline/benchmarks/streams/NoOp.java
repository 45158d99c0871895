package io.causeline.benchmarks.streams;

import io.causeline.correlator.CorrelatorSettings;
import io.causeline.correlator.StreamsConfiguration;
import io.causeline.correlator.streams.RocksDbMemory;
import io.causeline.model.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The least that a topology can do: forwards each signal's bytes to another topic, exactly once, in
 * the product's configuration.
 */
public final class NoOp implements Racer {

  private static final long MIB = 1024L * 1024;

  private final CorrelatorSettings settings;
  private final String group;
  private final RocksDbMemory memory;
  private final KafkaStreams streams;

  /** Makes it; {@link #start} starts it. */
  public NoOp(CorrelatorSettings settings) {
    this.settings = settings;
    this.memory = new RocksDbMemory(32 * MIB);
    Map<String, Object> config = StreamsConfiguration.of(settings, "localhost:1", memory);
    this.group = settings.kafka().topicPrefix() + "no-op";
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
    Properties properties = new Properties();
    properties.putAll(config);
    this.streams =
        new KafkaStreams(topology(settings.kafka().topicPrefix()), new StreamsConfig(properties));
  }

  private static Topology topology(String prefix) {
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "signals",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        Topics.SIGNALS.name(prefix));
    topology.addProcessor("forward", Forward::new, "signals");
    topology.addSink(
        "copy",
        StormTopics.COPY.name(prefix),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        "forward");
    return topology;
  }

  private static final class Forward extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    @Override
    public void process(Record<byte[], byte[]> record) {
      context().forward(record);
    }
  }

  @Override
  public String group() {
    return group;
  }

  @Override
  public KafkaStreams streams() {
    return streams;
  }

  @Override
  public void start() {
    streams.start();
  }

  @Override
  public void close() throws IOException {
    streams.close(Duration.ofSeconds(10));
    memory.close();
    Bed.delete(settings.stateDir().resolve(group));
  }
}
