package io.causeline.correlator.streams;

import io.causeline.service.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles stream threads that end with an exception, and remembers them for {@code /readyz}. */
final class ThreadFailures implements StreamsUncaughtExceptionHandler, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);

  /** Failures within this time make the next wait longer. */
  private static final Duration MEMORY = Duration.ofMinutes(5);

  /** After the wait, a new thread has so long to fail again before all counts as well. */
  private static final Duration PROBATION = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final CorrelatorMetrics metrics;
  private final Deque<Instant> recent = new ArrayDeque<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private Instant unwellUntil = Instant.MIN;
  private @Nullable String last;

  ThreadFailures(InstantSource clock, CorrelatorMetrics metrics) {
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    ThreadFailure decision = remember(failure);
    metrics.threadFailed(decision.response().name());
    log.error(
        "a stream thread failed; after {} ms: {}",
        decision.backoff().toMillis(),
        decision.reason(),
        failure);
    try {
      // The thread waits here with its partitions; the others go on.
      if (closing.await(decision.backoff().toMillis(), TimeUnit.MILLISECONDS)) {
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return decision.response();
  }

  private synchronized ThreadFailure remember(Throwable failure) {
    Instant now = clock.instant();
    while (!recent.isEmpty() && recent.peekFirst().isBefore(now.minus(MEMORY))) {
      recent.removeFirst();
    }
    ThreadFailure decision = ThreadFailure.of(failure, recent.size());
    recent.addLast(now);
    unwellUntil = now.plus(decision.backoff()).plus(PROBATION);
    last = decision.reason();
    return decision;
  }

  /** Down until a while after the last failure. */
  synchronized Health.Result readiness() {
    return clock.instant().isBefore(unwellUntil)
        ? Health.Result.down("a stream thread failed: " + last)
        : Health.Result.up("no stream thread failed lately");
  }

  /** Lets threads that wait go at once. */
  @Override
  public void close() {
    closing.countDown();
  }
}
