package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.causeline.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordWriterTest {

  private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
  private final Metrics metrics = new Metrics();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final RecordWriter writer =
      new RecordWriter(
          TestSettings.of(Map.of()).kafka(),
          "test",
          metrics,
          () -> {
            MockProducer<String, byte[]> producer =
                new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
            producers.add(producer);
            return producer;
          },
          () -> now);

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void shouldCompleteOnlyWhenKafkaHasStoredTheRecord() throws Exception {
    CompletableFuture<RecordMetadata> future =
        writer.send(Topics.TOPOLOGY, "prod/Pod/shop/web", bytes("value"), Map.of("reason", "r"));

    assertThat(future).isNotDone();
    assertThat(writer.pendingRecords()).isOne();
    assertThat(writer.pendingBytes()).isEqualTo(22);
    assertThat(metrics.value("causeline_kafka_pending_records", Map.of("writer", "test")))
        .isEqualTo(1.0);
    ProducerRecord<String, byte[]> record = producers.get(0).history().get(0);
    assertThat(record.topic()).isEqualTo("causeline.topology");
    assertThat(record.key()).isEqualTo("prod/Pod/shop/web");
    assertThat(record.partition()).isEqualTo(ClusterPartitioner.partition("prod", 12));
    assertThat(record.headers().lastHeader("causeline-schema").value()).isEqualTo(bytes("1"));
    assertThat(record.headers().lastHeader("reason").value()).isEqualTo(bytes("r"));

    producers.get(0).completeNext();

    assertThat(future.get(5, TimeUnit.SECONDS).topic()).isEqualTo("causeline.topology");
    assertThat(writer.pendingRecords()).isZero();
    assertThat(writer.pendingBytes()).isZero();
    assertThat(outcome("stored")).isEqualTo(1.0);
  }

  @Test
  void shouldTellWhoOnlyCountsOnKafkasOwnThread() {
    List<String> told = new ArrayList<>();
    RecordWriter.Settled settled =
        (metadata, failure) -> told.add(metadata == null ? failure.getMessage() : "stored");
    writer.send(Topics.TOPOLOGY, "prod/x", bytes("a"), Map.of(), settled);
    writer.send(Topics.TOPOLOGY, "prod/x", bytes("b"), Map.of(), settled);

    producers.get(0).completeNext();
    assertThat(told).containsExactly("stored");
    assertThat(writer.pendingRecords()).isOne();
    producers.get(0).errorNext(new TimeoutException("too late"));

    assertThat(told).containsExactly("stored", "too late");
    assertThat(writer.pendingRecords()).isZero();
    assertThat(outcome("stored")).isEqualTo(1.0);
    assertThat(outcome("failed")).isEqualTo(1.0);
  }

  @Test
  void shouldSendTombstones() {
    assertThat(writer.send(Topics.TOPOLOGY, "prod/Pod/shop/web", null)).isNotDone();

    assertThat(producers.get(0).history().get(0).value()).isNull();
  }

  @Test
  void shouldSurfaceKafkasFailureInTheFuture() {
    CompletableFuture<RecordMetadata> future =
        writer.send(Topics.TOPOLOGY, "prod/x", bytes("value"));

    producers.get(0).errorNext(new TimeoutException("30000 ms have passed"));

    assertThat(future)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withCauseInstanceOf(TimeoutException.class);
    assertThat(writer.pendingRecords()).isZero();
    assertThat(outcome("failed")).isEqualTo(1.0);
  }

  @Test
  void shouldSurfaceWhatTheProducerThrowsAndReplaceIt() {
    MockProducer<String, byte[]> first = producers.get(0);
    first.sendException = new KafkaException("in an error state");

    assertFails(writer.send(Topics.TOPOLOGY, "prod/x", bytes("a")), KafkaException.class);
    assertThat(producers).hasSize(1);
    now = now.plusSeconds(11);
    assertFails(writer.send(Topics.TOPOLOGY, "prod/x", bytes("b")), KafkaException.class);

    assertThat(producers).hasSize(2);
    assertThat(first.closed()).isTrue();
    CompletableFuture<RecordMetadata> future = writer.send(Topics.TOPOLOGY, "prod/x", bytes("c"));
    producers.get(1).completeNext();
    assertThat(future).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void shouldKeepTheProducerWhenOnlyARecordIsWrong() {
    now = now.plusSeconds(11);
    CompletableFuture<RecordMetadata> future = writer.send(Topics.TOPOLOGY, "prod/x", bytes("a"));
    producers.get(0).errorNext(new RecordTooLargeException("too large"));

    assertFails(future, RecordTooLargeException.class);
    assertThat(producers).hasSize(1);
  }

  @Test
  void shouldNotHoldUpKafkaWhenACallerIsSlow() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    CompletableFuture<Void> slow =
        writer.send(Topics.TOPOLOGY, "prod/x", bytes("a")).thenAccept(m -> gate.join());

    // Returns although the caller's continuation still waits.
    producers.get(0).completeNext();

    assertThat(slow).isNotDone();
    gate.complete(null);
    await().untilAsserted(() -> assertThat(slow).isCompleted());
  }

  @Test
  void shouldFailWhatIsSentAfterClosing() {
    writer.close();

    assertFails(writer.send(Topics.TOPOLOGY, "prod/x", bytes("a")), IllegalStateException.class);
  }

  @Test
  void shouldRefuseToWeakenItsGuarantees() {
    assertThatThrownBy(
            () ->
                new RecordWriter(
                    TestSettings.of(Map.of("kafka.properties.acks", "1")).kafka(),
                    "other",
                    metrics))
        .isInstanceOf(SettingsException.class);
  }

  /** The real client, to which no broker answers: nothing is thrown, nothing blocks for long. */
  @Test
  void shouldFailTheFutureWhenKafkaIsAway() {
    KafkaSettings away =
        TestSettings.of(
                Map.of("kafka.bootstrap-servers", "127.0.0.1:1", "kafka.delivery-timeout", "1s"))
            .kafka();
    try (RecordWriter real = new RecordWriter(away, "away", metrics)) {
      assertFails(real.send(Topics.SIGNALS, "prod", bytes("a")), TimeoutException.class);
      assertThat(real.pendingRecords()).isZero();
    }
  }

  private Double outcome(String outcome) {
    return metrics.value(
        "causeline_kafka_writes_total",
        Map.of("writer", "test", "topic", "topology", "outcome", outcome));
  }

  private static void assertFails(
      CompletableFuture<RecordMetadata> future, Class<? extends Throwable> cause) {
    assertThat(future)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withCauseInstanceOf(cause);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
