package io.causeline.correlator.core;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Keys of what must be stored anew, in the order in which they changed first. Not thread-safe. */
final class Dirty<K> {

  private Set<K> keys = new LinkedHashSet<>();

  void add(K key) {
    keys.add(key);
  }

  /**
   * Takes all of them.
   *
   * @param now what a key stands for; empty for what is forgotten
   */
  <T> Map<K, Optional<T>> take(Function<K, Optional<T>> now) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<K, Optional<T>> out = new LinkedHashMap<>();
    keys.forEach(key -> out.put(key, now.apply(key)));
    // Not cleared: that would cost as much as the most that it ever held.
    keys = new LinkedHashSet<>();
    return out;
  }
}
