package io.causeline.collector.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.causeline.collector.watch.ResourceFeed.Position;
import io.causeline.collector.watch.ResourceFeed.SendFailedException;
import io.causeline.collector.watch.ResourceFeed.Taken;
import io.causeline.model.Topics.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventBoxTest {

  private static final Instant T0 = Instant.parse("2026-11-21T09:00:00Z");

  private final Sink sink = new Sink();
  private final Told told = new Told();
  private final AtomicInteger failures = new AtomicInteger();
  private final EventBox box =
      new EventBox(sink, "c", 3, T0, told, () -> failures.incrementAndGet());
  private final Thread sender = new Thread(box);

  @BeforeEach
  void start() {
    sender.setDaemon(true);
    sender.start();
  }

  @AfterEach
  void stop() {
    sender.interrupt();
  }

  @Test
  void shouldKnowUpToWhereAllIsStoredThoughLaterOnesWereStoredFirst() throws Exception {
    offer(1);
    offer(2);
    offer(3);
    sink.awaitSent(3);
    sink.store(1);
    sink.store(2);
    assertThat(box.size()).isEqualTo(3);
    assertThat(box.oldest()).contains(T0.plusSeconds(1));

    sink.store(0);

    assertThat(box.recover()).isEqualTo(new Position("3", T0.plusSeconds(3), true));
    assertThat(box.oldest()).isEmpty();
    assertThat(told.stored).containsOnly("kubernetes-event").hasSize(3);
  }

  @Test
  void shouldHaveNoRoomWhenAsManyAsItHoldsAreNotStored() throws Exception {
    offer(1);
    offer(2);
    offer(3);
    assertThat(box.offer("4", bytes(4), T0)).isEqualTo(Taken.NO_ROOM);
    box.mark("5", T0); // marks take no room
    sink.awaitSent(3);
    sink.store(0);

    assertThat(box.offer("4", bytes(4), T0)).isEqualTo(Taken.TAKEN);
  }

  @Test
  void shouldThrowAwayWhatIsNotStoredAndGoOnFromWhatIsWhenOneFails() throws Exception {
    offer(1);
    offer(2);
    offer(3);
    sink.awaitSent(3);
    sink.store(0);
    sink.fail(1);

    assertThat(failures).hasValue(1);
    assertThat(box.offer("4", bytes(4), T0)).isEqualTo(Taken.SEND_FAILED);
    assertThatThrownBy(() -> box.put(bytes(4), T0)).isInstanceOf(SendFailedException.class);
    assertThat(box.size()).isZero();
    assertThat(box.recover()).isEqualTo(new Position("1", T0.plusSeconds(1), true));
    sink.store(2); // late, and of before
    offer(2);
    sink.awaitSent(4);
    sink.store(3);
    assertThat(box.recover()).isEqualTo(new Position("2", T0.plusSeconds(2), true));
  }

  @Test
  void shouldTellThatNothingWasStoredSinceItLastFailed() throws Exception {
    offer(1);
    sink.awaitSent(1);
    sink.fail(0);

    assertThat(box.recover()).isEqualTo(new Position(null, T0, false));
  }

  @Test
  void shouldListAgainWhenOneOfAListFails() throws Exception {
    box.mark("10", T0.plusSeconds(10));
    box.listStarts(T0.plusSeconds(11));
    box.put(bytes(1), T0.plusSeconds(11));
    sink.awaitSent(1);
    sink.fail(0);

    assertThat(box.recover()).isEqualTo(new Position(null, T0.plusSeconds(10), false));
  }

  @Test
  void shouldGoOnFromTheListsVersionWhenAllOfItIsStored() throws Exception {
    box.listStarts(T0);
    box.put(bytes(1), T0);
    box.put(bytes(2), T0);
    box.mark("20", T0.plusSeconds(20));
    sink.awaitSent(2);
    sink.store(0);
    sink.store(1);

    assertThat(box.recover()).isEqualTo(new Position("20", T0.plusSeconds(20), true));
  }

  @Test
  void shouldTakeARecordThatNoTopicTakesForDone() throws Exception {
    offer(1);
    offer(2);
    sink.awaitSent(2);
    sink.refuse(0);
    sink.store(1);

    assertThat(box.recover().resourceVersion()).isEqualTo("2");
    assertThat(told.rejected).containsExactly("kubernetes-event too-large");
    assertThat(failures).hasValue(0);
  }

  @Test
  void shouldNotMoveOnWhenAnEventHasNoVersion() throws Exception {
    offer(1);
    assertThat(box.offer("", bytes(2), T0)).isEqualTo(Taken.TAKEN);
    sink.awaitSent(2);
    sink.store(0);
    sink.store(1);

    assertThat(box.recover().resourceVersion()).isEqualTo("1");
  }

  @Test
  void shouldRecoverWhenTheSinkItselfThrows() throws Exception {
    sink.broken = true;
    offer(1);
    await().until(() -> failures.get() == 1);

    assertThat(box.recover().resourceVersion()).isNull();
  }

  private void offer(int n) {
    assertThat(box.offer(Integer.toString(n), bytes(n), T0.plusSeconds(n))).isEqualTo(Taken.TAKEN);
  }

  private static byte[] bytes(int n) {
    return Integer.toString(n).getBytes(UTF_8);
  }

  /** Settles each record when told. */
  static final class Sink implements RecordSink {

    final List<String> sent = new ArrayList<>();
    private final List<CompletableFuture<Void>> futures = new ArrayList<>();
    volatile boolean broken;

    @Override
    public synchronized CompletionStage<?> send(Topic topic, String key, byte[] value) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      sent.add(key + " " + (value == null ? "null" : new String(value, UTF_8)));
      CompletableFuture<Void> future = new CompletableFuture<>();
      futures.add(future);
      return future;
    }

    synchronized int count() {
      return sent.size();
    }

    void awaitSent(int count) {
      await()
          .pollDelay(java.time.Duration.ZERO)
          .pollInterval(java.time.Duration.ofMillis(2))
          .until(() -> count() >= count);
      assertThat(count()).isEqualTo(count);
    }

    void store(int index) {
      future(index).complete(null);
    }

    void fail(int index) {
      future(index).completeExceptionally(new IllegalStateException("away"));
    }

    void refuse(int index) {
      future(index)
          .completeExceptionally(
              new RefusedException("too-large", new IllegalStateException("3 MB")));
    }

    private synchronized CompletableFuture<Void> future(int index) {
      return futures.get(index);
    }
  }

  /** Remembers what it is told. */
  static final class Told implements SendListener {

    final List<String> stored = new ArrayList<>();
    final List<String> failed = new ArrayList<>();
    final List<String> rejected = new ArrayList<>();

    @Override
    public synchronized void stored(String kind) {
      stored.add(kind);
    }

    @Override
    public synchronized void failed(String kind, Throwable cause) {
      failed.add(kind + " " + cause.getMessage());
    }

    @Override
    public synchronized void rejected(String resource, String reason) {
      rejected.add(resource + " " + reason);
    }
  }
}
