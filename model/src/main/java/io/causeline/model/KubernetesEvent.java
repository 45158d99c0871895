package io.causeline.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One state of a Kubernetes Event, of either API shape. Identity: cluster and {@code uid}; states
 * of one uid merge by the lowest and the highest {@code count} seen.
 *
 * @param uid the Event's {@code metadata.uid}
 * @param observedAt when the collector saw it
 * @param at when it last happened, by the emitter's clock, never after {@code observedAt}:
 *     series.lastObservedTime, else lastTimestamp, else eventTime, else firstTimestamp, else
 *     creationTimestamp
 * @param entity what it is about; events without a subject are about the Cluster
 * @param entityUid uid of that object, where told
 * @param reason as on the wire
 * @param warning type Warning; anything else counts as Normal. NodeNotReady on a Node is Normal
 * @param message cleaned and cut to {@link Text#MESSAGE_BYTES}
 * @param combined whether the message carried the prefix {@code (combined from similar events): },
 *     which is taken off
 * @param count at least 1; a lower bound, since clients drop and merge repeats
 * @param component who wrote it, without a host
 * @param host the node that wrote it, where told
 * @param fieldPath such as {@code spec.containers{app}}
 * @param related the second object, where told
 */
public record KubernetesEvent(
    String cluster,
    String uid,
    Instant observedAt,
    Instant at,
    EntityRef entity,
    @Nullable String entityUid,
    String reason,
    boolean warning,
    String message,
    boolean combined,
    int count,
    @Nullable String component,
    @Nullable String host,
    @Nullable String fieldPath,
    @Nullable EntityRef related)
    implements Signal {

  public KubernetesEvent {
    ClusterName.require(cluster);
    if (uid.isEmpty()) {
      throw new IllegalArgumentException("an event needs a uid");
    }
    reason = Text.label(reason);
    message = Text.message(message);
    count = Math.max(1, count);
    at = at.isAfter(observedAt) ? observedAt : at;
  }

  @Override
  public String feedName() {
    return FEED_KUBERNETES;
  }
}
