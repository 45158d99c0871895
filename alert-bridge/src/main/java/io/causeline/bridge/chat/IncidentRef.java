package io.causeline.bridge.chat;

import io.causeline.model.Topics;
import java.util.Optional;

/**
 * An incident as the topics know it.
 *
 * @param partition of {@code incidents}, and so of {@code notifications} too
 */
record IncidentRef(int partition, String cluster, String id) {

  /** Reads a key of {@code incidents}; empty if it is none. */
  static Optional<IncidentRef> ofIncidentKey(int partition, String key) {
    String[] parts = key.split("/", -1);
    return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()
        ? Optional.of(new IncidentRef(partition, parts[0], parts[1]))
        : Optional.empty();
  }

  /** Its key in {@code notifications}. */
  String notificationKey(String channel) {
    return Topics.incidentKey(cluster, id) + "/" + channel;
  }
}
