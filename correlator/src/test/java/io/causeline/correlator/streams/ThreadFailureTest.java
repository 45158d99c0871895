package io.causeline.correlator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.service.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class ThreadFailureTest {

  @Test
  void shouldReplaceTheThreadAndWaitLongerEachTime() {
    StreamsException failure = new StreamsException("x", new IllegalStateException("disk full"));

    ThreadFailure first = ThreadFailure.of(failure, 0);
    ThreadFailure twentieth = ThreadFailure.of(failure, 19);

    assertThat(first.response()).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(first.backoff()).isEqualTo(Duration.ofMillis(100));
    assertThat(first.reason()).contains("disk full");
    assertThat(twentieth.backoff()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void shouldShutDownWhenTheRuntimeItselfFailed() {
    ThreadFailure decision = ThreadFailure.of(new StreamsException(new OutOfMemoryError()), 0);

    assertThat(decision.response()).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
  }

  @Test
  void shouldBeUnreadyForAWhile() {
    AtomicReference<Instant> now = new AtomicReference<>(Samples.T0);
    Metrics metrics = new Metrics();
    ThreadFailures failures = new ThreadFailures(now::get, new CorrelatorMetrics(metrics));

    failures.handle(new StreamsException("broken"));

    assertThat(failures.readiness().ok()).isFalse();
    assertThat(failures.readiness().detail()).contains("broken");
    now.set(Samples.T0.plusSeconds(11));
    assertThat(failures.readiness().ok()).isTrue();
  }

  @Test
  void shouldNotHoldUpAShutdown() {
    ThreadFailures failures =
        new ThreadFailures(() -> Samples.T0, new CorrelatorMetrics(new Metrics()));
    failures.close();

    assertThat(failures.handle(new StreamsException("broken")))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
  }
}
