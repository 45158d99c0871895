package io.causeline.correlator.core;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The latest times of something, ascending, without duplicates, at most {@link #MOST}. Kept as
 * numbers: entries live long and are seen again all the time, and each reference that is put into
 * an object that has lived long costs the garbage collector a look.
 */
final class LatestTimes {

  static final int MOST = 16;

  private int[] nanos = new int[1];
  private long[] seconds = new long[1];
  private int size;

  int size() {
    return size;
  }

  Instant get(int index) {
    return Instant.ofEpochSecond(seconds[index], nanos[index]);
  }

  /** Takes one in, unless it is there or is older than all of so many. */
  void add(Instant time) {
    add(time.getEpochSecond(), time.getNano());
  }

  void addAll(LatestTimes others) {
    for (int i = 0; i < others.size; i++) {
      add(others.seconds[i], others.nanos[i]);
    }
  }

  private void add(long second, int nano) {
    int place = size;
    while (place > 0 && compare(place - 1, second, nano) > 0) {
      place--;
    }
    if (place > 0 && compare(place - 1, second, nano) == 0) {
      return;
    }
    if (size == MOST) {
      if (place > 0) {
        // The oldest goes, and what lies before the place moves up.
        place--;
        System.arraycopy(seconds, 1, seconds, 0, place);
        System.arraycopy(nanos, 1, nanos, 0, place);
        set(place, second, nano);
      }
      return;
    }
    if (size == seconds.length) {
      int more = Math.min(MOST, 2 * size);
      seconds = Arrays.copyOf(seconds, more);
      nanos = Arrays.copyOf(nanos, more);
    }
    System.arraycopy(seconds, place, seconds, place + 1, size - place);
    System.arraycopy(nanos, place, nanos, place + 1, size - place);
    set(place, second, nano);
    size++;
  }

  private int compare(int index, long second, int nano) {
    int bySecond = Long.compare(seconds[index], second);
    return bySecond != 0 ? bySecond : Integer.compare(nanos[index], nano);
  }

  private void set(int place, long second, int nano) {
    seconds[place] = second;
    nanos[place] = nano;
  }

  /** The earliest that is not before {@code time}; null if there is none. */
  @Nullable Instant firstSince(Instant time) {
    for (int i = 0; i < size; i++) {
      if (compare(i, time.getEpochSecond(), time.getNano()) >= 0) {
        return get(i);
      }
    }
    return null;
  }
}
