package io.causeline.correlator.streams;

import java.time.Duration;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * What to do about a stream thread that ended with an exception. Nothing is lost either way: its
 * transaction is aborted, and what it had read is read again.
 *
 * @param response what Streams is told
 * @param backoff wait before it is told, so that what fails again and again does not do so in a
 *     tight loop
 * @param reason for people
 */
record ThreadFailure(StreamThreadExceptionResponse response, Duration backoff, String reason) {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  /**
   * Decides.
   *
   * @param failure what it ended with
   * @param before how many failures there were in the last few minutes
   */
  static ThreadFailure of(Throwable failure, int before) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof VirtualMachineError || t instanceof LinkageError) {
        return new ThreadFailure(
            StreamThreadExceptionResponse.SHUTDOWN_CLIENT,
            Duration.ZERO,
            "the Java runtime itself failed (" + t + "): restart the process");
      }
    }
    Duration backoff = Duration.ofMillis(100L << Math.min(before, 9));
    return new ThreadFailure(
        StreamThreadExceptionResponse.REPLACE_THREAD,
        backoff.compareTo(LONGEST) > 0 ? LONGEST : backoff,
        "a new thread takes over and reads again what was not committed: " + root(failure));
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
