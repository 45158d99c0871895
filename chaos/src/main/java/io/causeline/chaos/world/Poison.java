package io.causeline.chaos.world;

import io.causeline.chaos.Seed;
import io.causeline.chaos.check.PoisonMark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Records that nobody can use, and some that a newer minor version might write, put into every
 * topic. Each has a header that names it.
 */
final class Poison implements AutoCloseable {

  private static final String PREFIX = "causeline.";
  private static final String CLUSTER = "alpha";

  /** Just below what topics take. */
  private static final int LARGE = 2 * 1024 * 1024 - 2048;

  private final int partitions;
  private final Seed seed;
  private final KafkaProducer<byte[], byte[]> producer;

  Poison(String bootstrap, int partitions, Seed seed) {
    this.partitions = partitions;
    this.seed = seed;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                2 * 1024 * 1024,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                120_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Puts one batch into all topics; returns how many records it was, once Kafka has stored them.
   */
  int put(int batch) throws InterruptedException, ExecutionException {
    List<ProducerRecord<byte[], byte[]>> records = records(seed.random("poison", batch), batch);
    for (ProducerRecord<byte[], byte[]> record : records) {
      producer.send(record).get();
    }
    return records.size();
  }

  private List<ProducerRecord<byte[], byte[]>> records(Random random, int batch) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String topic : List.of("signals", "commands", "topology", "incidents", "notifications")) {
      boolean keyed = !topic.equals("signals") && !topic.equals("commands");
      String suffix =
          switch (topic) {
            case "topology" -> "/Pod/team-x/poison";
            case "incidents" -> "/0a1b2c3d-poison" + batch;
            case "notifications" -> "/0a1b2c3d-poison" + batch + "/slack";
            default -> "";
          };
      byte[] key = utf8(CLUSTER + suffix);
      int own = owner(CLUSTER);
      add(records, topic, own, key, utf8("{\"type\":\"kubernetes-event\",\"uid\":"), "bad JSON");
      add(records, topic, own, key, new byte[0], "zero bytes");
      add(records, topic, own, key, utf8("{\"type\":\"no-such-type\",\"id\":7}"), "no such type");
      add(records, topic, own, key, noise(random), "noise");
      add(records, topic, own, utf8("not a cluster, nor anything"), utf8("{}"), "bad key");
      add(records, topic, own, key, deep(), "deep nesting");
      if (!keyed) {
        // Kafka refuses the like of it on the other topics, which are compacted.
        add(records, topic, own, null, utf8("{}"), "no key");
        add(records, topic, own, key, null, "no value");
      }
      byte[] elsewhere = utf8("omega" + suffix);
      int wrong = (owner("omega") + 1) % partitions;
      add(records, topic, wrong, elsewhere, whole(topic, batch), "wrong partition");
      add(records, topic, own, key, large(random), "too large");
    }
    add(records, "dead-letters", 0, null, noise(random), "noise");
    add(records, "dead-letters", 0, utf8(CLUSTER), null, "no value");
    records.add(
        record(
            "signals",
            owner(CLUSTER),
            utf8(CLUSTER),
            newerHeartbeat(),
            PoisonMark.GOOD + " newer minor"));
    return records;
  }

  private static void add(
      List<ProducerRecord<byte[], byte[]>> records,
      String topic,
      int partition,
      byte @Nullable [] key,
      byte @Nullable [] value,
      String what) {
    records.add(record(topic, partition, key, value, PoisonMark.BAD + " " + what));
  }

  // Kafka's own types have no null-annotations: keys and values may be null.
  @SuppressWarnings("NullAway")
  private static ProducerRecord<byte[], byte[]> record(
      String topic, int partition, byte @Nullable [] key, byte @Nullable [] value, String name) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(PREFIX + topic, partition, key, value);
    record.headers().add(PoisonMark.HEADER, utf8(name));
    return record;
  }

  private int owner(String cluster) {
    return Utils.toPositive(Utils.murmur2(utf8(cluster))) % partitions;
  }

  private static byte[] noise(Random random) {
    byte[] noise = new byte[200 + random.nextInt(2000)];
    random.nextBytes(noise);
    return noise;
  }

  /** Deeper than any stack. */
  private static byte[] deep() {
    return utf8("[".repeat(100_000));
  }

  /** JSON that nothing compresses, as large as topics allow. */
  private static byte[] large(Random random) {
    byte[] value = new byte[LARGE];
    random.nextBytes(value);
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) ('a' + (value[i] & 15));
    }
    byte[] head = utf8("{\"type\":\"heartbeat\",\"reason\":\"");
    System.arraycopy(head, 0, value, 0, head.length);
    value[value.length - 2] = '"';
    value[value.length - 1] = '}';
    return value;
  }

  /** Nothing is wrong with it but where it is. */
  private static byte[] whole(String topic, int batch) {
    String now = java.time.Instant.now().toString();
    return utf8(
        topic.equals("incidents")
            ? """
            {"id":"0a1b2c3d-poison%d","cluster":"omega","state":"open","severity":"critical",
            "title":"Nobody may be told of this","firstSignalAt":"%s","lastSignalAt":"%s",
            "openedAt":"%s","updatedAt":"%s","resolvedAt":null,"reopened":0,"mergedInto":null,"revision":1,"hypotheses":[{"rank":1,"cause":"unknown",
            "title":"?","locus":{"kind":"Node","namespace":null,"name":"n"},"confidence":0.5,
            "explains":[],"contradicts":[],"missing":[],"checks":[],"fixes":[],"references":[]}],
            "impact":{"entities":[],"services":0,"pods":0,"nodes":0},"timeline":[]}"""
                .formatted(batch, now, now, now, now)
            : """
            {"type":"heartbeat","cluster":"omega","feed":"kubernetes","observedAt":"%s","lag":0,
            "gaps":[]}"""
                .formatted(now));
  }

  /** A record with fields that this version does not know. */
  private static byte[] newerHeartbeat() {
    return utf8(
        """
        {"type":"heartbeat","cluster":"alpha","feed":"alertmanager","observedAt":"%s","lag":0,
        "gaps":[],"mood":"good","since":{"version":"1.7"}}"""
            .formatted(java.time.Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ofSeconds(2));
  }
}
