package io.causeline.correlator.streams;

import org.jspecify.annotations.Nullable;

/** A record that cannot be used, now or ever; the next one can. */
final class BadRecordException extends RuntimeException {

  private final RecordFault fault;

  BadRecordException(RecordFault fault, String message) {
    this(fault, message, null);
  }

  BadRecordException(RecordFault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  RecordFault fault() {
    return fault;
  }
}
