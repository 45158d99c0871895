package io.causeline.correlator.streams;

import io.causeline.model.Incident;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The small record kept for each incident: what was stored of it and whether its latest snapshot
 * has left for the topic.
 *
 * @param endedAt when it resolved or was merged, by the cluster's clock; null while active
 * @param content hash of the snapshot without revision, update time and feed
 * @param due whether the latest snapshot has not left yet
 * @param sentAt wall clock of the last snapshot that left; null before the first
 */
record Publication(
    Incident.State state,
    Incident.Severity severity,
    Instant openedAt,
    @Nullable Instant endedAt,
    String content,
    boolean due,
    @Nullable Instant sentAt) {

  static Publication due(Incident incident, String content, @Nullable Instant sentAt) {
    return new Publication(
        incident.state(),
        incident.severity(),
        incident.openedAt(),
        incident.state().active()
            ? null
            : Optional.ofNullable(incident.resolvedAt()).orElse(incident.updatedAt()),
        content,
        true,
        sentAt);
  }

  Publication sent(Instant now) {
    return new Publication(state, severity, openedAt, endedAt, content, false, now);
  }

  IndexKey indexKey(String cluster, String id) {
    return new IndexKey(state, new Place(openedAt, id), cluster);
  }
}
