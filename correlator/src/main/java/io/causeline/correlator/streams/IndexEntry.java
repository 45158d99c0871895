package io.causeline.correlator.streams;

import io.causeline.model.Incident;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the index by time says of an incident beside its key: enough to pass over most of what a
 * list does not show, and rarely changed. All else a list reads from the snapshot.
 *
 * @param cause id of its best hypothesis' cause
 */
record IndexEntry(Incident.Severity severity, String cause) {

  private static final byte VERSION = 2;

  /** As it is stored. */
  byte[] bytes() {
    byte[] id = cause.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + id.length)
        .put(VERSION)
        .put(StoredValue.letter(severity.word()))
        .put(id)
        .array();
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws StoredStateException if another version of Causeline wrote it
   */
  static IndexEntry read(byte[] stored) {
    ByteBuffer in = StoredValue.body(stored, VERSION);
    if (!in.hasRemaining()) {
      throw new StoredStateException("an entry of the index by time is empty");
    }
    Incident.Severity severity =
        StoredValue.constant(Incident.Severity.values(), Incident.Severity::word, in.get());
    return new IndexEntry(severity, StandardCharsets.UTF_8.decode(in).toString());
  }
}
