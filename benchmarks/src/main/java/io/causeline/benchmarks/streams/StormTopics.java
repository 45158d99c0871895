package io.causeline.benchmarks.streams;

import io.causeline.benchmarks.storm.Storm;
import io.causeline.model.Json;
import io.causeline.model.Signal;
import io.causeline.model.Topics;
import io.causeline.model.Topics.Topic;
import io.causeline.model.TopologyRecord;
import io.causeline.service.ClusterPartitioner;
import io.causeline.service.SchemaHeader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of one prefix, and a storm's records written to them as the services write them. */
public final class StormTopics {

  /** Where {@link NoOp} writes to. */
  public static final Topic COPY = new Topic("copy", false, null);

  private static final int TRIES = 100;

  /** Signals that are made at a time. */
  private static final int PORTION = 10_000;

  private final Bed bed;
  private final String prefix;

  private StormTopics(Bed bed, String prefix) {
    this.bed = bed;
    this.prefix = prefix;
  }

  /** Creates them; returns when each partition has its leader. */
  public static StormTopics create(Bed bed, String prefix) throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    List<Topic> all = new ArrayList<>(Topics.ALL);
    all.add(COPY);
    for (Topic topic : all) {
      topics.add(
          new NewTopic(topic.name(prefix), bed.partitions(), (short) 1).configs(topic.config()));
    }
    bed.admin().createTopics(topics).all().get();
    StormTopics created = new StormTopics(bed, prefix);
    for (Topic topic : all) {
      created.awaitLeaders(topic);
    }
    return created;
  }

  /** Records that are sent before each partition has its leader go round in circles. */
  private void awaitLeaders(Topic topic) throws Exception {
    for (int tries = 1; ; tries++) {
      try {
        ends(topic);
        return;
      } catch (ExecutionException e) {
        if (tries == TRIES || !(e.getCause() instanceof RetriableException)) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  String prefix() {
    return prefix;
  }

  /** Writes the objects that are known before the storm; returns when Kafka has them. */
  void writeObjects(Storm storm) {
    try (Writer writer = new Writer()) {
      for (TopologyRecord object : storm.objects()) {
        writer.send(
            Topics.TOPOLOGY,
            object.cluster(),
            object instanceof TopologyRecord.Present present
                ? Topics.topologyKey(object.cluster(), present.snapshot().entity())
                : object.cluster(),
            Json.bytes(object));
      }
    }
  }

  /** Writes what opens the incidents before the storm; returns when Kafka has it. */
  void writeOpening(Storm storm) {
    try (Writer writer = new Writer()) {
      writer.send(storm.opening());
    }
  }

  /** Writes the rest of the storm; returns when Kafka has it. */
  void writeStorm(Storm storm) {
    try (Writer writer = new Writer()) {
      while (storm.left() > 0) {
        writer.send(storm.next(PORTION));
      }
    }
  }

  /** Writes so many signals that tell again what was told; returns when Kafka has them. */
  void writeRepeats(Storm storm, int count) {
    try (Writer writer = new Writer()) {
      for (int left = count; left > 0; left -= PORTION) {
        writer.send(storm.repeats(Math.min(left, PORTION)));
      }
    }
  }

  /** Where a topic's partitions end. */
  Map<TopicPartition, Long> ends(Topic topic) throws Exception {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition = 0; partition < bed.partitions(); partition++) {
      asked.put(new TopicPartition(topic.name(prefix), partition), OffsetSpec.latest());
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    bed.admin()
        .listOffsets(asked)
        .all()
        .get()
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }

  private final class Writer implements AutoCloseable {

    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bed.bootstrapServers(),
                "compression.type",
                "lz4",
                "linger.ms",
                5,
                "acks",
                "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    void send(List<Signal> signals) {
      for (Signal signal : signals) {
        send(Topics.SIGNALS, signal.cluster(), signal.cluster(), Json.bytes(signal));
      }
    }

    void send(Topic topic, String cluster, String key, byte[] value) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topic.name(prefix),
              ClusterPartitioner.partition(cluster, bed.partitions()),
              key.getBytes(StandardCharsets.UTF_8),
              value);
      SchemaHeader.write(record.headers());
      var unused =
          producer.send(
              record,
              (stored, failed) -> {
                if (failed != null) {
                  failure.compareAndSet(null, failed);
                }
              });
    }

    @Override
    public void close() {
      producer.close();
      Exception failed = failure.get();
      if (failed != null) {
        throw new IllegalStateException("a record of the storm could not be written", failed);
      }
    }
  }
}
