package io.causeline.correlator.streams;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * A task's ticks: often while there is something to do, else seldom. Streams commits after every
 * tick, so that a correlator that hears nothing would go through ten transactions a second in each
 * of its threads ({@code StreamTask.maybePunctuateSystemTime} of Streams 4.3).
 */
final class Ticks {

  /** While nothing happens: what may come from elsewhere, as new knowledge, waits so long. */
  static final Duration SELDOM = Duration.ofSeconds(1);

  private final ProcessorContext<?, ?> context;
  private final Duration often;
  private final Punctuator tick;
  private @Nullable Cancellable scheduled;
  private boolean busy;

  /** Ticks from now on, often. */
  Ticks(ProcessorContext<?, ?> context, Duration often, Punctuator tick) {
    this.context = context;
    this.often = often;
    this.tick = tick;
    this.busy = true;
    schedule(often);
  }

  /** There is something to do: the next tick comes soon. */
  void wake() {
    if (!busy) {
      busy = true;
      schedule(often);
    }
  }

  /** There is nothing left to do. */
  void rest() {
    if (busy) {
      busy = false;
      schedule(SELDOM);
    }
  }

  /** No more ticks: Streams keeps the schedules of a task that it closes and revives. */
  void stop() {
    if (scheduled != null) {
      scheduled.cancel();
      scheduled = null;
    }
  }

  private void schedule(Duration interval) {
    stop();
    scheduled = context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, tick);
  }
}
