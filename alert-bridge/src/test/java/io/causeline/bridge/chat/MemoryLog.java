package io.causeline.bridge.chat;

import io.causeline.model.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A notifications topic in memory, which keeps what Kafka would: bytes. */
final class MemoryLog implements NotificationLog {

  /** The process dies. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("the process dies here");
    }
  }

  private record Key(IncidentRef incident, String channel) {}

  private final Map<Key, byte[]> records = new LinkedHashMap<>();
  private int stores;
  private int crashAt = -1;
  private boolean crashBefore;
  private boolean down;

  /** The process dies at the {@code n}-th write from now, just before or after it is stored. */
  void crashAt(int n, boolean before) {
    stores = 0;
    crashAt = n;
    crashBefore = before;
  }

  /** Kafka can't be reached. */
  void down(boolean isDown) {
    down = isDown;
  }

  /** How often something was written. */
  int stores() {
    return stores;
  }

  Optional<NotificationState> state(IncidentRef ref, String channel) {
    return Optional.ofNullable(records.get(new Key(ref, channel)))
        .map(bytes -> Json.read(bytes, NotificationState.class));
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  @Override
  public Map<IncidentRef, NotificationState> read(Set<Integer> partitions, String channel) {
    Map<IncidentRef, NotificationState> states = new HashMap<>();
    records.forEach(
        (key, bytes) -> {
          if (partitions.contains(key.incident().partition()) && key.channel().equals(channel)) {
            states.put(key.incident(), Json.read(bytes, NotificationState.class));
          }
        });
    return states;
  }

  @Override
  public void store(IncidentRef incident, String channel, NotificationState state) {
    if (down) {
      throw new NotificationLogException("Kafka is down", new IllegalStateException("down"));
    }
    boolean crash = ++stores == crashAt;
    if (crash && crashBefore) {
      throw new Crash();
    }
    if (state == null) {
      records.remove(new Key(incident, channel));
    } else {
      records.put(new Key(incident, channel), Json.bytes(state));
    }
    if (crash) {
      throw new Crash();
    }
  }
}
