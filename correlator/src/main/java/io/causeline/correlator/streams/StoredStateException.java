package io.causeline.correlator.streams;

import org.jspecify.annotations.Nullable;

/**
 * What a store holds cannot be read. No record is at fault, so none is skipped: the task fails and
 * stays failed until somebody looks.
 */
public final class StoredStateException extends RuntimeException {

  StoredStateException(String message) {
    this(message, null);
  }

  StoredStateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
