package io.causeline.correlator.core;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that keeps what was used last, at most so much. */
final class Latest<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1;

  private final int most;

  Latest(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
