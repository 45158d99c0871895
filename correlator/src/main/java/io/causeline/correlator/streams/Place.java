package io.causeline.correlator.streams;

import io.causeline.model.Incident;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * Where an incident stands in every list: by when it opened, then by id. It never moves.
 *
 * @param openedAt with milliseconds
 */
public record Place(Instant openedAt, String id) implements Comparable<Place> {

  private static final Comparator<Place> NEWEST_FIRST =
      Comparator.comparing(Place::openedAt).thenComparing(Place::id).reversed();

  public Place {
    openedAt = Instant.ofEpochMilli(openedAt.toEpochMilli());
  }

  /** The place of an incident. */
  public static Place of(Incident incident) {
    return new Place(incident.openedAt(), incident.id());
  }

  /** Newest first. */
  @Override
  public int compareTo(Place other) {
    return NEWEST_FIRST.compare(this, other);
  }

  /** Sixteen hex digits whose order is that of time, before 1970 too. */
  static String sortable(Instant time) {
    return HexFormat.of().toHexDigits(time.toEpochMilli() ^ Long.MIN_VALUE);
  }

  /** Reads what {@link #sortable} wrote. */
  static Instant timeOf(String sortable) {
    return Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(sortable) ^ Long.MIN_VALUE);
  }
}
