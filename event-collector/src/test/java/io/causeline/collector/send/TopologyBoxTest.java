package io.causeline.collector.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.collector.send.EventBoxTest.Sink;
import io.causeline.collector.send.EventBoxTest.Told;
import io.causeline.collector.watch.Backoff;
import io.causeline.collector.watch.ResourceFeed.Taken;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.TopologyRecord.EpochEnd;
import io.causeline.model.TopologyRecord.Gone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopologyBoxTest {

  private static final Instant T0 = Instant.parse("2026-11-21T09:00:00Z");

  private final Sink sink = new Sink();
  private final Told told = new Told();
  private final TopologyBox box =
      new TopologyBox(sink, 3, told, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)));
  private final Thread sender = new Thread(box);

  @AfterEach
  void stop() {
    sender.interrupt();
  }

  private void start() {
    sender.setDaemon(true);
    sender.start();
  }

  @Test
  void shouldSendOnlyTheLatestStateOfEachObject() {
    box.offer(state("a", "u1", "1"));
    box.offer(state("b", "u1", "1"));
    box.offer(state("a", "u1", "2"));
    start();
    sink.awaitSent(2);

    assertThat(sink.sent.get(0)).contains("/a ").contains("\"v\":\"2\"");
    assertThat(sink.sent.get(1)).contains("/b ");
    assertThat(box.oldest()).contains(T0.plusSeconds(1));
  }

  @Test
  void shouldSendEveryStateOfAnObjectWhenThereIsRoom() {
    TopologyBox roomy =
        new TopologyBox(sink, 100, told, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)));
    roomy.offer(state("a", "u1", "1"));
    roomy.offer(state("a", "u1", "2"));
    roomy.offer(gone("a", "u1"));
    roomy.offer(state("a", "u2", "3"));
    Thread emptier = new Thread(roomy, "roomy");
    emptier.setDaemon(true);
    emptier.start();
    sink.awaitSent(5);
    emptier.interrupt();

    assertThat(sink.sent.get(0)).contains("\"v\":\"1\"");
    assertThat(sink.sent.get(1)).contains("\"v\":\"2\"");
    assertThat(sink.sent.get(2)).contains("\"gone\"");
    assertThat(sink.sent.get(3)).endsWith("/a null");
    assertThat(sink.sent.get(4)).contains("\"v\":\"3\"");
  }

  @Test
  void shouldTellThatAnObjectHadGoneBeforeAnotherOfItsName() {
    box.offer(gone("a", "u1"));
    box.offer(state("a", "u2", "1"));
    box.offer(state("a", "u2", "2"));
    start();
    sink.awaitSent(3);

    assertThat(sink.sent.get(0)).contains("\"gone\"").contains("u1");
    assertThat(sink.sent.get(1)).endsWith("/a null");
    assertThat(sink.sent.get(2)).contains("u2").contains("\"v\":\"2\"");
  }

  @Test
  void shouldKeepTheFirstAndTheLastGoingWhenThereWereMany() {
    for (int i = 1; i <= 4; i++) {
      box.offer(state("a", "u" + i, "1"));
      box.offer(gone("a", "u" + i));
    }
    start();
    sink.awaitSent(3);

    assertThat(sink.sent.get(0)).contains("u1");
    assertThat(sink.sent.get(1)).contains("u4");
    assertThat(sink.sent.get(2)).endsWith("/a null");
  }

  @Test
  void shouldSendTheEndOfAListOnlyWhenAllBeforeItIsStored() {
    start();
    box.offer(state("a", "u1", "1"));
    box.offer(state("b", "u1", "1"));
    box.put(new EpochEnd("c", List.of("Pod"), 7, T0));
    sink.awaitSent(2);
    sink.store(1);
    sink.fail(0);
    sink.awaitSent(3);
    assertThat(sink.sent.get(2)).contains("/a ");

    sink.store(2);
    sink.awaitSent(4);

    assertThat(sink.sent.get(3)).startsWith("c/epoch-end/-/Pod");
    assertThat(told.failed).containsExactly("topology away");
  }

  @Test
  void shouldHoldALaterStateBackUntilTheEarlierIsSettled() {
    start();
    box.offer(state("a", "u1", "1"));
    sink.awaitSent(1);
    box.offer(state("a", "u1", "2"));
    box.offer(state("a", "u1", "3"));
    sink.fail(0);
    sink.awaitSent(2);

    assertThat(sink.sent.get(1)).contains("\"v\":\"3\"");
    sink.store(1);
    assertThat(box.size()).isZero();
    assertThat(told.stored).containsExactly("present");
  }

  @Test
  void shouldHaveNoRoomForAnotherObjectButForALaterStateOfOneThatWaits() {
    assertThat(box.offer(state("a", "u", "1"))).isEqualTo(Taken.TAKEN);
    assertThat(box.offer(state("b", "u", "1"))).isEqualTo(Taken.TAKEN);
    assertThat(box.offer(state("c", "u", "1"))).isEqualTo(Taken.TAKEN);
    assertThat(box.offer(state("d", "u", "1"))).isEqualTo(Taken.NO_ROOM);
    assertThat(box.offer(state("a", "u", "2"))).isEqualTo(Taken.TAKEN);
    assertThat(box.offer(gone("b", "u"))).isEqualTo(Taken.TAKEN);
  }

  @Test
  void shouldTakeAStateThatNoTopicTakesForDone() {
    start();
    box.offer(state("a", "u", "1"));
    sink.awaitSent(1);
    sink.refuse(0);

    assertThat(box.size()).isZero();
    assertThat(told.rejected).containsExactly("present too-large");
  }

  @Test
  void shouldSendOnlyTheEndOfTheLatestListWhenTheFirstWasNotSent() {
    box.put(new EpochEnd("c", List.of("Pod"), 7, T0));
    box.offer(state("a", "u", "1"));
    box.put(new EpochEnd("c", List.of("Pod"), 8, T0));
    start();
    sink.awaitSent(1);
    assertThat(sink.sent.get(0)).contains("/a ");
    sink.store(0);
    sink.awaitSent(2);

    assertThat(sink.sent.get(1)).contains("\"epoch\":8");
  }

  private static ObjectSnapshot state(String name, String uid, String version) {
    return new ObjectSnapshot(
        "c",
        EntityRef.of("Pod", "n", name),
        uid,
        version,
        7,
        T0.plusSeconds(Integer.parseInt(version)),
        null,
        null,
        Map.of(),
        Map.of(),
        Map.of("v", version),
        List.of());
  }

  private static Gone gone(String name, String uid) {
    return new Gone("c", EntityRef.of("Pod", "n", name), uid, "9", 7, T0);
  }
}
