package io.causeline.correlator.streams;

import io.causeline.model.Topics;
import io.causeline.service.ClusterPartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The whole topology, from top to bottom:
 *
 * <pre>
 * signals ──┐
 * topology ─┼─▶ correlate ─┬─▶ incidents
 * commands ─┘              └─▶ dead-letters
 * </pre>
 *
 * All topics are partitioned by the cluster's name, so one task sees all of a cluster in order and
 * nothing is repartitioned. Sources are raw bytes: what cannot be read is the processor's to
 * handle, never Streams'.
 */
public final class CorrelatorTopology implements Supplier<Topology> {

  static final String CORRELATE = "correlate";
  static final String INCIDENTS_SINK = "to-incidents";
  static final String DEAD_LETTERS_SINK = "to-dead-letters";

  private final String prefix;
  private final Map<String, Object> streamsConfig;
  private final CorrelateProcessor.Parts parts;

  /**
   * A topology.
   *
   * @param prefix of the topics' names
   * @param partitions of each topic
   * @param retention how long incidents are kept after their end
   * @param ticker nanoseconds that pass
   * @param streamsConfig what {@link StreamsConfig} is made from
   */
  public CorrelatorTopology(
      String prefix,
      int partitions,
      Duration retention,
      Correlation.Factory factory,
      CorrelatorMetrics metrics,
      ClusterTroubles troubles,
      LongSupplier ticker,
      Map<String, Object> streamsConfig) {
    this.prefix = prefix;
    this.streamsConfig = streamsConfig;
    this.parts =
        new CorrelateProcessor.Parts(
            new InputReader(prefix, partitions),
            factory,
            retention,
            metrics,
            troubles,
            ticker,
            ThreadLocal.withInitial(Pace.Share::new));
  }

  @Override
  public Topology get() {
    Topology topology = new Topology(new TopologyConfig(new StreamsConfig(streamsConfig)));
    source(topology, Topics.SIGNALS);
    source(topology, Topics.TOPOLOGY);
    source(topology, Topics.COMMANDS);
    correlate(topology);
    incidents(topology);
    deadLetters(topology);
    return topology;
  }

  private void source(Topology topology, Topics.Topic topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        topic.suffix(),
        neverNegative(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic.name(prefix));
  }

  private void correlate(Topology topology) {
    topology.addProcessor(
        CORRELATE,
        new ProcessorSupplier<byte[], byte[], byte[], byte[]>() {
          @Override
          public CorrelateProcessor get() {
            return new CorrelateProcessor(parts);
          }

          @Override
          public Set<StoreBuilder<?>> stores() {
            return new LinkedHashSet<>(CorrelatorStores.builders());
          }
        },
        Topics.SIGNALS.suffix(),
        Topics.TOPOLOGY.suffix(),
        Topics.COMMANDS.suffix());
  }

  private void incidents(Topology topology) {
    topology.addSink(
        INCIDENTS_SINK,
        Topics.INCIDENTS.name(prefix),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        byCluster(),
        CORRELATE);
  }

  private void deadLetters(Topology topology) {
    topology.addSink(
        DEAD_LETTERS_SINK,
        Topics.DEAD_LETTERS.name(prefix),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        CORRELATE);
  }

  /** The partition of the cluster that the key begins with. */
  private static StreamPartitioner<byte[], byte[]> byCluster() {
    return (topic, key, value, partitions) ->
        Optional.of(
            Set.of(
                ClusterPartitioner.partition(
                    Topics.clusterOf(new String(key, StandardCharsets.UTF_8)), partitions)));
  }

  /** A record without a timestamp would otherwise stop its thread. */
  private static TimestampExtractor neverNegative() {
    return (record, partitionTime) ->
        record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
  }
}
