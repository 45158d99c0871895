package io.causeline.correlator.streams;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clusters of this process whose incidents cannot be computed at the moment, and why: told with
 * their incidents as a gap, so that an old answer never looks like a current one. Thread-safe.
 */
public final class ClusterTroubles {

  private final Map<String, String> troubles = new ConcurrentHashMap<>();

  /** What is wrong with a cluster. */
  public Optional<String> of(String cluster) {
    return Optional.ofNullable(troubles.get(cluster));
  }

  /** The clusters that have any. */
  public Set<String> clusters() {
    return new TreeSet<>(troubles.keySet());
  }

  void add(String cluster, String trouble) {
    troubles.put(cluster, trouble);
  }

  void clear(String cluster) {
    troubles.remove(cluster);
  }
}
