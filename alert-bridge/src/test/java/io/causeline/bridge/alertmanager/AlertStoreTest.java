package io.causeline.bridge.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.alertmanager.NormalisedAlert.Reason;
import io.causeline.bridge.alertmanager.NormalisedAlert.Rejected;
import io.causeline.model.Topics;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AlertStoreTest {

  private final FakeKafka kafka = new FakeKafka();
  private final AtomicLong nanos = new AtomicLong();
  private CompletableFuture<Void> settled = new CompletableFuture<>();

  @Test
  void shouldStopSendingWhenARecordHasFailed() {
    kafka.refuse(record -> true);

    CompletableFuture<Void> stored = store(1000, () -> 0);

    assertThat(stored).isCompletedExceptionally();
    assertThat(kafka.sent()).isEqualTo(1);
    assertThat(settled).isCompleted();
  }

  @Test
  void shouldStopSendingWhenItTakesTooLong() {
    CompletableFuture<Void> stored = store(1000, () -> nanos.addAndGet(1_000_000_000));

    assertThat(stored).isCompletedExceptionally();
    assertThat(kafka.sent()).isEqualTo(6);
    assertThat(settled).isCompleted();
  }

  @Test
  void shouldFailAtOnceButSettleOnlyWhenTheFateOfAllIsKnown() {
    kafka.hold();
    kafka.refuse(record -> kafka.waiting() == 1);

    CompletableFuture<Void> stored = store(2, () -> 0);

    assertThat(stored).isCompletedExceptionally();
    assertThat(settled).isNotDone();
    kafka.release();
    assertThat(settled).isCompleted();
  }

  @Test
  void shouldStoreNothingAndSucceedWhenThereIsNothingToStore() {
    assertThat(store(0, () -> 0)).isCompleted();
    assertThat(settled).isCompleted();
  }

  @Test
  void shouldCutADeadLetterWhenItIsLargerThanATopicTakes() {
    NormalisedBody body =
        new NormalisedBody(
            List.of(new Rejected("home", Reason.SIZE, "too large", "x".repeat(3_000_000))), 0);

    CompletableFuture<Void> stored =
        new AlertStore(kafka, Duration.ofSeconds(5), () -> 0).store(body, "test").stored();

    assertThat(stored).isCompleted();
    FakeKafka.Stored letter = kafka.stored(Topics.DEAD_LETTERS).get(0);
    assertThat(letter.value().length()).isLessThan(Topics.MAX_RECORD_BYTES);
    assertThat(letter.headers())
        .containsEntry("cut-from", "3000000")
        .containsEntry("reason", "too large");
  }

  private CompletableFuture<Void> store(int alerts, java.util.function.LongSupplier clock) {
    NormalisedAlert alert = new Rejected("home", Reason.NAME, "no name", "{}");
    AlertStore.Writes writes =
        new AlertStore(kafka, Duration.ofSeconds(5), clock)
            .store(new NormalisedBody(Collections.nCopies(alerts, alert), 0), "test");
    settled = writes.settled();
    return writes.stored();
  }
}
