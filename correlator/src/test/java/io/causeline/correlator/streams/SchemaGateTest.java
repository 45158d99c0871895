package io.causeline.correlator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaGateTest {

  private static final TopicPartition P0 = new TopicPartition("signals", 0);
  private static final TopicPartition P1 = new TopicPartition("signals", 1);

  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
  private final AtomicLong nanos = new AtomicLong();
  private final InputState state = new InputState(nanos::get);
  private final Consumer<byte[], byte[]> consumer = SchemaGate.before(kafka, state);

  @BeforeEach
  void assign() {
    kafka.assign(List.of(P0, P1));
    kafka.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
    kafka.updateEndOffsets(Map.of(P0, 3L, P1, 1L));
  }

  private void add(TopicPartition partition, long offset, String version) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Topics.SCHEMA_HEADER, version.getBytes(StandardCharsets.US_ASCII));
    kafka.addRecord(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            offset,
            0L,
            TimestampType.CREATE_TIME,
            0,
            0,
            new byte[0],
            new byte[0],
            headers,
            Optional.empty()));
  }

  @Test
  void shouldStopOnlyThePartitionThatHoldsANewerRecord() {
    add(P0, 0, "1");
    add(P0, 1, "2");
    add(P0, 2, "1");
    add(P1, 0, "1");

    ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ZERO);

    assertThat(polled.records(P0)).extracting(ConsumerRecord::offset).containsExactly(0L);
    assertThat(polled.records(P1)).hasSize(1);
    assertThat(polled.nextOffsets().get(P0).offset()).isEqualTo(1);
    assertThat(kafka.position(P0)).isEqualTo(1);
    assertThat(kafka.paused()).containsExactly(P0);
    assertThat(state.stopped()).containsOnlyKeys("signals-0");
    assertThat(state.stopped().get("signals-0")).contains("offset 1").contains("upgrade");
  }

  @Test
  void shouldNotResumeAStoppedPartition() {
    add(P0, 0, "2");
    consumer.poll(Duration.ZERO);

    consumer.pause(List.of(P1));
    consumer.resume(List.of(P0, P1));

    assertThat(kafka.paused()).containsExactly(P0);
  }

  @Test
  void shouldForgetAPartitionThatMovedAway() {
    add(P0, 0, "2");
    consumer.poll(Duration.ZERO);

    kafka.assign(List.of(P1));
    consumer.poll(Duration.ZERO);

    assertThat(state.stopped()).isEmpty();
  }

  @Test
  void shouldPassBrokenVersionsOnToTheProcessor() {
    add(P0, 0, "two");

    assertThat(consumer.poll(Duration.ZERO).count()).isEqualTo(1);
  }

  @Test
  void shouldTellHowMuchIsLeftToRead() {
    consumer.poll(Duration.ZERO);
    assertThat(state.lag()).isEqualTo(4);
    assertThat(state.unknown()).isZero();

    add(P1, 0, "1");
    consumer.poll(Duration.ZERO);
    assertThat(state.lag()).isEqualTo(3);

    consumer.close();
    assertThat(state.lag()).isZero();
  }

  @Test
  void shouldTellForHowLongNothingWasHeardOfKafka() {
    assertThat(state.silence()).isZero();
    consumer.poll(Duration.ZERO);

    nanos.addAndGet(Duration.ofSeconds(7).toNanos());

    assertThat(state.silence()).isEqualTo(Duration.ofSeconds(7));
  }
}
