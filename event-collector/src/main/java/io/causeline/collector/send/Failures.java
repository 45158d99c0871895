package io.causeline.collector.send;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What stands behind the wrappings of futures. */
final class Failures {

  private Failures() {}

  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
