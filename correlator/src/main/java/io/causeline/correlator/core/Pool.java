package io.causeline.correlator.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives equal values one object, where it can: the entries of one workload say much the same, and
 * live long. It remembers a few thousand; a value that finds its place taken by another takes it
 * over. Not thread-safe.
 */
final class Pool<T> {

  private static final int PLACES = 1 << 13;

  private final @Nullable Object[] places = new Object[PLACES];

  /** These values, in their order. */
  List<T> all(Collection<T> values) {
    List<T> out = new ArrayList<>(values.size());
    for (T value : values) {
      out.add(one(value));
    }
    return List.copyOf(out);
  }

  @SuppressWarnings("unchecked") // only what came in is in there
  private T one(T value) {
    int hash = value.hashCode();
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    Object known = places[place];
    if (value.equals(known)) {
      return (T) known;
    }
    places[place] = value;
    return value;
  }
}
