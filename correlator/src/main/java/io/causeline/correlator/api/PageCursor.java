package io.causeline.correlator.api;

import io.causeline.correlator.streams.Place;
import io.causeline.model.Json;
import io.causeline.service.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a list begins, in each partition: a partition that did not answer keeps
 * its place, so that what it holds comes with a later page.
 *
 * @param places the last incident that was shown, or passed, in each partition; absent where none
 *     was
 */
record PageCursor(Map<Integer, Place> places) {

  /** Where a list begins. */
  static final PageCursor START = new PageCursor(Map.of());

  private static final int MAX_LENGTH = 16 * 1024;

  /** Partitions at one place. */
  private record Group(long at, String id, List<Integer> partitions) {}

  /** As it travels. */
  private record Wire(String list, List<Group> groups) {}

  PageCursor {
    places = Map.copyOf(places);
  }

  /** The place of a partition. */
  @Nullable Place of(int partition) {
    return places.get(partition);
  }

  /** After a page that ended at {@code last}, to which these partitions contributed. */
  PageCursor after(Place last, Iterable<Integer> partitions) {
    Map<Integer, Place> next = new TreeMap<>(places);
    for (int partition : partitions) {
      // One that answers late shows what is newer than the places of the others.
      next.merge(partition, last, (before, now) -> before.compareTo(now) > 0 ? before : now);
    }
    return new PageCursor(next);
  }

  /**
   * Writes it.
   *
   * @param list what the list is of: the cursor serves for no other one
   */
  String encode(String list) {
    Map<Place, List<Integer>> byPlace = new LinkedHashMap<>();
    new TreeMap<>(places)
        .forEach((p, place) -> byPlace.computeIfAbsent(place, k -> new ArrayList<>()).add(p));
    List<Group> groups = new ArrayList<>();
    byPlace.forEach(
        (place, partitions) ->
            groups.add(new Group(place.openedAt().toEpochMilli(), place.id(), partitions)));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.bytes(new Wire(list, groups)));
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws Problem if it is something else, or of another list
   */
  static PageCursor decode(String text, String list) {
    Wire wire = wire(text);
    if (!wire.list().equals(list)) {
      throw Problem.badRequest(
          "query parameter 'cursor' belongs to a list with other filters; begin without it");
    }
    Map<Integer, Place> places = new TreeMap<>();
    for (Group group : wire.groups()) {
      Place place = new Place(Instant.ofEpochMilli(group.at()), group.id());
      group.partitions().forEach(partition -> places.put(partition, place));
    }
    return new PageCursor(places);
  }

  private static Wire wire(String text) {
    if (text.length() > MAX_LENGTH) {
      throw broken();
    }
    try {
      Wire wire =
          Json.mapper()
              .readValue(
                  Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII)),
                  Wire.class);
      if (wire == null || wire.list() == null || wire.groups() == null) {
        throw broken();
      }
      for (Group group : wire.groups()) {
        if (group == null || group.id() == null || group.partitions() == null) {
          throw broken();
        }
        for (Integer partition : group.partitions()) {
          if (partition == null) {
            throw broken();
          }
        }
      }
      return wire;
    } catch (IOException | IllegalArgumentException e) {
      throw broken();
    }
  }

  private static Problem broken() {
    return Problem.badRequest(
        "query parameter 'cursor' is none that a list gave as 'next'; begin without it");
  }
}
