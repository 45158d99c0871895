package io.causeline.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.chat.ChannelQueue.Taken;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChannelQueueTest {

  private static final Instant NOW = TestIncident.START;

  private final ChannelQueue queue = new ChannelQueue();

  private static IncidentRef ref(int number) {
    return new IncidentRef(0, "c", "i" + number);
  }

  private static Work.Show show(int revision, boolean wasNews) {
    return new Work.Show(TestIncident.open().revision(revision).build(), wasNews);
  }

  private void offer(int number, int revision, long offset) {
    queue.offer(ref(number), show(revision, false), offset, NOW.plusSeconds(offset));
  }

  private Taken take() {
    return queue.take(NOW, t -> 0).orElseThrow();
  }

  private static int revision(Taken taken) {
    return ((Work.Show) taken.work()).incident().revision();
  }

  @Test
  void shouldKeepTheLatestAndTheFirstOffset() {
    offer(1, 1, 10);
    offer(1, 2, 11);
    offer(1, 3, 12);

    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.firstOffset(0)).isEqualTo(OptionalLong.of(10));
    assertThat(queue.oldest()).contains(NOW.plusSeconds(10));
    assertThat(revision(take())).isEqualTo(3);
  }

  @Test
  void shouldRememberThatARevisionUnseenWasNews() {
    queue.offer(ref(1), show(1, true), 1, NOW);
    queue.offer(ref(1), show(2, false), 2, NOW);

    assertThat(((Work.Show) take().work()).wasNews()).isTrue();
  }

  @Test
  void shouldNotRememberItBeyondItsRemoval() {
    queue.offer(ref(1), show(1, true), 1, NOW);
    queue.offer(ref(1), new Work.Forget(), 2, NOW);
    queue.offer(ref(1), show(2, false), 3, NOW);

    assertThat(((Work.Show) take().work()).wasNews()).isFalse();
  }

  @Test
  void shouldKeepWhatComesWhileItIsWorkedOn() {
    offer(1, 1, 10);
    Taken taken = take();
    offer(1, 2, 15);
    offer(1, 3, 16);

    queue.done(taken);

    assertThat(queue.firstOffset(0)).isEqualTo(OptionalLong.of(15));
    assertThat(queue.oldest()).contains(NOW.plusSeconds(15));
    assertThat(revision(take())).isEqualTo(3);
  }

  @Test
  void shouldBeEmptyWhenAllIsDone() {
    offer(1, 1, 10);

    queue.done(take());

    assertThat(queue.size()).isZero();
    assertThat(queue.firstOffset(0)).isEmpty();
    assertThat(queue.nextDue()).isEqualTo(Instant.MAX);
  }

  @Test
  void shouldNotHandOutBeforeItIsDueUnlessSomethingNewCame() {
    offer(1, 1, 10);
    queue.later(take(), NOW.plusSeconds(60));
    assertThat(queue.take(NOW.plusSeconds(59), t -> 0)).isEmpty();
    assertThat(queue.nextDue()).isEqualTo(NOW.plusSeconds(60));

    offer(1, 2, 11);

    assertThat(revision(take())).isEqualTo(2);
    assertThat(queue.firstOffset(0)).isEqualTo(OptionalLong.of(10));
  }

  @Test
  void shouldKeepTheFirstOffsetOverSeveralTries() {
    offer(1, 1, 10);
    Taken first = take();
    offer(1, 2, 11);
    queue.later(first, NOW);
    Taken second = take();
    queue.later(second, NOW);

    assertThat(queue.firstOffset(0)).isEqualTo(OptionalLong.of(10));
    queue.done(take());
    assertThat(queue.size()).isZero();
  }

  @Test
  void shouldTakeTheMostUrgentAndThenTheFirstInLine() {
    offer(1, 1, 1);
    offer(2, 1, 2);
    offer(3, 1, 3);

    Taken urgent = queue.take(NOW, t -> t.ref().equals(ref(3)) ? 0 : 1).orElseThrow();
    queue.done(urgent);
    Taken next = take();
    queue.later(next, NOW);

    assertThat(urgent.ref()).isEqualTo(ref(3));
    assertThat(next.ref()).isEqualTo(ref(1));
    assertThat(take().ref()).isEqualTo(ref(2));
  }

  @Test
  void shouldDropThePartitionThatIsGivenUp() {
    offer(1, 1, 1);
    queue.offer(new IncidentRef(1, "d", "x"), show(1, true), 7, NOW);
    Taken taken = take();

    queue.release(0);
    queue.done(taken);
    queue.later(taken, NOW);

    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.firstOffset(0)).isEmpty();
    assertThat(queue.firstOffset(1)).isEqualTo(OptionalLong.of(7));
  }
}
