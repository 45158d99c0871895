package io.causeline.collector.send;

import io.causeline.model.Hashes;
import io.causeline.model.ObjectSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands for an object's trimmed state at a hundredth of its size: equal exactly when {@link
 * ObjectSnapshot#sameStateAs} is, but for collisions of 64 bits.
 */
public final class StateFingerprint {

  private StateFingerprint() {}

  /** The fingerprint of a state, the same whatever the order of its maps. */
  public static long of(ObjectSnapshot snapshot) {
    List<String> parts = new ArrayList<>();
    parts.add(snapshot.entity().path());
    parts.add(snapshot.uid());
    parts.add(String.valueOf(snapshot.createdAt()));
    parts.add(String.valueOf(snapshot.deletingAt()));
    add(parts, snapshot.labels());
    add(parts, snapshot.selector());
    add(parts, snapshot.attributes());
    for (ObjectSnapshot.Edge edge : snapshot.edges()) {
      parts.add(edge.relation().word());
      parts.add(edge.to().path());
    }
    String hash = Hashes.id(parts.toArray(String[]::new));
    return Long.parseUnsignedLong(hash, 16);
  }

  private static void add(List<String> parts, Map<String, String> map) {
    parts.add(Integer.toString(map.size()));
    new TreeMap<>(map)
        .forEach(
            (key, value) -> {
              parts.add(key);
              parts.add(value);
            });
  }
}
