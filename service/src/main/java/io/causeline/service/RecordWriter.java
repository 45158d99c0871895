package io.causeline.service;

import io.causeline.model.Topics;
import io.causeline.model.Topics.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to Kafka: all replicas, idempotent, partitioned by the cluster part of the key,
 * marked with the schema version.
 *
 * <p>A future completes normally only when Kafka has stored the record. It fails when Kafka did not
 * within {@link KafkaSettings#deliveryTimeout()}, when the buffer is full, or when the record is
 * too large; a failed record may still have been stored (the answer was lost), so a caller that
 * sends it again may write it twice. Records of one cluster keep their order among those that
 * succeed.
 *
 * <p>{@link #send} blocks for at most a second, when the topic is not known yet or the buffer is
 * full. Futures complete on one thread of the writer, in Kafka's order: do not block there.
 */
public final class RecordWriter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RecordWriter.class);

  private static final int MAX_BLOCK_MILLIS = 1_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REPLACE_AFTER = Duration.ofSeconds(10);

  private final String prefix;
  private final int partitions;
  private final String name;
  private final Supplier<Producer<String, byte[]>> connect;
  private final InstantSource clock;
  private final Metrics.Counter outcomes;
  private final AtomicLong pendingRecords = new AtomicLong();
  private final AtomicLong pendingBytes = new AtomicLong();
  private final ExecutorService acknowledgements;
  private volatile Producer<String, byte[]> producer;
  private Instant connectedAt;
  private boolean closed;

  /**
   * Connects in the background.
   *
   * @param name of the writer, in metrics and in Kafka's client id; from a bounded set
   */
  public RecordWriter(KafkaSettings settings, String name, Metrics metrics) {
    this(
        settings,
        name,
        metrics,
        () ->
            new KafkaProducer<>(
                clientProperties(settings, name),
                new StringSerializer(),
                new ByteArraySerializer()),
        InstantSource.system());
  }

  RecordWriter(
      KafkaSettings settings,
      String name,
      Metrics metrics,
      Supplier<Producer<String, byte[]>> connect,
      InstantSource clock) {
    this.prefix = settings.topicPrefix();
    this.partitions = settings.partitions();
    this.name = name;
    this.connect = connect;
    this.clock = clock;
    this.outcomes =
        metrics.counter(
            "causeline_kafka_writes_total",
            "Records handed to Kafka, by writer, topic and outcome: stored (acknowledged by all"
                + " replicas) or failed (told to the caller).",
            "writer",
            "topic",
            "outcome");
    metrics.gauge(
        "causeline_kafka_pending_records",
        "Records handed to Kafka that it has neither stored nor refused yet.",
        Map.of("writer", name),
        () -> (double) pendingRecords.get());
    metrics.gauge(
        "causeline_kafka_pending_bytes",
        "Size of the records handed to Kafka that it has neither stored nor refused yet.",
        Map.of("writer", name),
        () -> (double) pendingBytes.get());
    this.acknowledgements =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "kafka-acks-" + name);
              thread.setDaemon(true);
              return thread;
            });
    this.producer = connect.get();
    this.connectedAt = clock.instant();
  }

  /** Sends without further headers. */
  public CompletableFuture<RecordMetadata> send(Topic topic, String key, byte @Nullable [] value) {
    return send(topic, key, value, Map.of());
  }

  /**
   * Sends.
   *
   * @param key its part before the first slash is the cluster
   * @param value null for a tombstone
   * @param headers added to the schema's
   */
  public CompletableFuture<RecordMetadata> send(
      Topic topic, String key, byte @Nullable [] value, Map<String, String> headers) {
    CompletableFuture<RecordMetadata> future = new CompletableFuture<>();
    send(topic, key, value, headers, (metadata, failure) -> complete(future, metadata, failure));
    return future;
  }

  /** Is told once what became of a record: exactly one of both is not null. */
  @FunctionalInterface
  public interface Settled {

    /** Called on Kafka's own thread or the sender's: what takes long here holds up all records. */
    void settled(@Nullable RecordMetadata metadata, @Nullable Exception failure);
  }

  /**
   * Sends; for who sends many and only counts what becomes of them.
   *
   * @param key its part before the first slash is the cluster
   * @param value null for a tombstone
   * @param headers added to the schema's
   */
  public void send(
      Topic topic,
      String key,
      byte @Nullable [] value,
      Map<String, String> headers,
      Settled settled) {
    int partition = ClusterPartitioner.partition(Topics.clusterOf(key), partitions);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic.name(prefix), partition, key, value);
    SchemaHeader.write(record.headers());
    headers.forEach((k, v) -> record.headers().add(k, v.getBytes(StandardCharsets.UTF_8)));

    long bytes = (long) key.length() + (value == null ? 0 : value.length);
    pendingRecords.incrementAndGet();
    pendingBytes.addAndGet(bytes);
    Producer<String, byte[]> used = producer;
    try {
      // The callback tells all that the future would.
      var unused =
          used.send(
              record,
              (metadata, failure) ->
                  settle(settled, topic, bytes, failure == null ? metadata : null, failure));
    } catch (InterruptException e) {
      // Kafka has set the interrupt flag again; the caller sees both.
      settle(settled, topic, bytes, null, e);
    } catch (KafkaException e) {
      // Failures of a record come by the callback; what is thrown is the producer's own end.
      settle(settled, topic, bytes, null, e);
      replace(used, e);
    } catch (RuntimeException e) {
      settle(settled, topic, bytes, null, e);
    }
  }

  /** Records under way, for callers that must not run ahead of Kafka. */
  public long pendingRecords() {
    return pendingRecords.get();
  }

  /** Their size in bytes. */
  public long pendingBytes() {
    return pendingBytes.get();
  }

  /** Waits up to five seconds for what is under way; what is not stored by then fails. */
  @Override
  public void close() {
    Producer<String, byte[]> last;
    synchronized (this) {
      closed = true;
      last = producer;
    }
    last.close(CLOSE_TIMEOUT);
    acknowledgements.shutdown();
    try {
      if (!acknowledgements.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("writer {}: callers still busy with acknowledgements; not waiting longer", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(
      Settled settled,
      Topic topic,
      long bytes,
      @Nullable RecordMetadata metadata,
      @Nullable Exception failure) {
    pendingRecords.decrementAndGet();
    pendingBytes.addAndGet(-bytes);
    outcomes.inc(name, topic.suffix(), failure == null ? "stored" : "failed");
    settled.settled(metadata, failure);
  }

  /** Off Kafka's own thread, so that a slow caller cannot hold up the other records. */
  private void complete(
      CompletableFuture<RecordMetadata> future,
      @Nullable RecordMetadata metadata,
      @Nullable Exception failure) {
    Runnable complete =
        () -> {
          if (failure != null) {
            future.completeExceptionally(failure);
          } else {
            future.complete(metadata);
          }
        };
    try {
      acknowledgements.execute(complete);
    } catch (RejectedExecutionException e) {
      complete.run();
    }
  }

  /** A producer after a fatal error (say, an ACL that was taken away) never works again. */
  private void replace(Producer<String, byte[]> broken, KafkaException cause) {
    synchronized (this) {
      Instant now = clock.instant();
      if (closed || producer != broken || now.isBefore(connectedAt.plus(REPLACE_AFTER))) {
        return;
      }
      connectedAt = now;
      try {
        producer = connect.get();
      } catch (KafkaException e) {
        log.error("writer {}: Kafka's producer failed and no new one can be made", name, e);
        return;
      }
    }
    log.error(
        "writer {}: Kafka's producer failed for good; a new one takes its place", name, cause);
    broken.close(Duration.ZERO);
  }

  /** What its Kafka producer is configured with, serialisers aside. */
  public static Map<String, Object> clientProperties(KafkaSettings settings, String name) {
    Map<String, Object> properties = KafkaProperties.of(settings);
    int delivery =
        (int) Math.max(1_000, Math.min(settings.deliveryTimeout().toMillis(), 86_400_000));
    int linger = 5;
    properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "causeline-" + name);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, linger);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(10_000, delivery - linger));
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    return properties;
  }
}
