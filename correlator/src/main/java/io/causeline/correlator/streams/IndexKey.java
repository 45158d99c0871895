package io.causeline.correlator.streams;

import io.causeline.model.Incident;
import java.time.Instant;

/**
 * Keys of the index {@code incidents-by-time}: {@code state/time/id/cluster}, so that each state's
 * incidents lie together in the order of their {@link Place}.
 */
record IndexKey(Incident.State state, Place place, String cluster) {

  static IndexKey of(Incident incident) {
    return new IndexKey(incident.state(), Place.of(incident), incident.cluster());
  }

  static IndexKey parse(String key) {
    String[] parts = key.split("/", 4);
    if (parts.length != 4) {
      throw new StoredStateException("not a key of the index by time: " + key);
    }
    return new IndexKey(state(parts[0]), new Place(Place.timeOf(parts[1]), parts[2]), parts[3]);
  }

  private static Incident.State state(String letter) {
    for (Incident.State state : Incident.State.values()) {
      if (letter(state).equals(letter)) {
        return state;
      }
    }
    throw new StoredStateException("no state has the letter " + letter);
  }

  private static String letter(Incident.State state) {
    return state.word().substring(0, 1);
  }

  String text() {
    return before(state, place) + "/" + cluster;
  }

  /** Sorts before every key of this state. */
  static String first(Incident.State state) {
    return letter(state) + "/";
  }

  /** Sorts after every key of this state. */
  static String last(Incident.State state) {
    return letter(state) + "/~";
  }

  /** Sorts before the keys of this state and time, after those of earlier ones. */
  static String before(Incident.State state, Instant time) {
    return letter(state) + "/" + Place.sortable(time);
  }

  /** Sorts directly before the key of this state and place. */
  static String before(Incident.State state, Place place) {
    return before(state, place.openedAt()) + "/" + place.id();
  }
}
