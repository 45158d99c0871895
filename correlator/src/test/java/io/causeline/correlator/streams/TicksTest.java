package io.causeline.correlator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class TicksTest {

  private static final Duration OFTEN = Duration.ofMillis(50);

  private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
  private final Ticks ticks = new Ticks(context, OFTEN, millis -> {});

  private List<Duration> running() {
    return context.scheduledPunctuators().stream()
        .filter(one -> !one.cancelled())
        .map(MockProcessorContext.CapturedPunctuator::getInterval)
        .toList();
  }

  @Test
  void shouldTickOftenAtFirst() {
    assertThat(running()).containsExactly(OFTEN);
  }

  @Test
  void shouldTickSeldomWhenThereIsNothingToDo() {
    ticks.rest();
    ticks.rest();

    assertThat(running()).containsExactly(Ticks.SELDOM);
  }

  @Test
  void shouldTickOftenAgainWhenThereIsSomethingToDo() {
    ticks.rest();
    ticks.wake();
    ticks.wake();

    assertThat(running()).containsExactly(OFTEN);
  }

  @Test
  void shouldTickNoMoreWhenItsTaskIsClosed() {
    ticks.stop();

    assertThat(running()).isEmpty();
  }
}
