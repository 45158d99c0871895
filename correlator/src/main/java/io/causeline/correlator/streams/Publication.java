package io.causeline.correlator.streams;

import io.causeline.model.Incident;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The small record kept for each incident: what was stored of it and whether its latest snapshot
 * has left for the topic.
 *
 * @param cause id of its best hypothesis' cause
 * @param openedAt with milliseconds, as are all its times
 * @param endedAt when it resolved or was merged, by the cluster's clock; null while active
 * @param due whether the latest snapshot has not left yet
 * @param sentAt wall clock of the last snapshot that left; null before the first
 */
record Publication(
    Incident.State state,
    Incident.Severity severity,
    String cause,
    Instant openedAt,
    @Nullable Instant endedAt,
    boolean due,
    @Nullable Instant sentAt) {

  private static final byte VERSION = 2;

  private static final int FIXED_BYTES = 4 + 3 * Long.BYTES;

  private static final long NONE = Long.MIN_VALUE;

  Publication {
    openedAt = millis(openedAt);
    endedAt = endedAt == null ? null : millis(endedAt);
    sentAt = sentAt == null ? null : millis(sentAt);
  }

  private static Instant millis(Instant time) {
    return Instant.ofEpochMilli(time.toEpochMilli());
  }

  static Publication due(Incident incident, @Nullable Instant sentAt) {
    return new Publication(
        incident.state(),
        incident.severity(),
        incident.best().cause(),
        incident.openedAt(),
        incident.state().active()
            ? null
            : Optional.ofNullable(incident.resolvedAt()).orElse(incident.updatedAt()),
        true,
        sentAt);
  }

  Publication sent(Instant now) {
    return new Publication(state, severity, cause, openedAt, endedAt, false, now);
  }

  IndexKey indexKey(String cluster, String id) {
    return new IndexKey(state, new Place(openedAt, id), cluster);
  }

  IndexEntry indexEntry() {
    return new IndexEntry(severity, cause);
  }

  /** As it is stored: written with every snapshot, so in bytes and not in JSON. */
  byte[] bytes() {
    byte[] id = cause.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + id.length)
        .put(VERSION)
        .put(StoredValue.letter(state.word()))
        .put(StoredValue.letter(severity.word()))
        .put((byte) (due ? 1 : 0))
        .putLong(openedAt.toEpochMilli())
        .putLong(endedAt == null ? NONE : endedAt.toEpochMilli())
        .putLong(sentAt == null ? NONE : sentAt.toEpochMilli())
        .put(id)
        .array();
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws StoredStateException if another version of Causeline wrote it
   */
  static Publication read(byte[] stored) {
    ByteBuffer in = StoredValue.body(stored, VERSION);
    if (in.remaining() < FIXED_BYTES - 1) {
      throw new StoredStateException("a stored publication has " + stored.length + " bytes");
    }
    Incident.State state =
        StoredValue.constant(Incident.State.values(), Incident.State::word, in.get());
    Incident.Severity severity =
        StoredValue.constant(Incident.Severity.values(), Incident.Severity::word, in.get());
    boolean due = in.get() != 0;
    Instant openedAt = Instant.ofEpochMilli(in.getLong());
    Instant endedAt = time(in.getLong());
    Instant sentAt = time(in.getLong());
    String cause = StandardCharsets.UTF_8.decode(in).toString();
    return new Publication(state, severity, cause, openedAt, endedAt, due, sentAt);
  }

  private static @Nullable Instant time(long millis) {
    return millis == NONE ? null : Instant.ofEpochMilli(millis);
  }
}
