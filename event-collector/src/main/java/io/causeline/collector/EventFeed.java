package io.causeline.collector;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.collector.normalise.EventNormaliser;
import io.causeline.collector.normalise.NormalisedEvent;
import io.causeline.collector.send.EventBox;
import io.causeline.collector.send.SeenClock;
import io.causeline.collector.send.SendListener;
import io.causeline.collector.watch.ResourceFeed;
import io.causeline.collector.watch.WatchEvent;
import io.causeline.model.Json;
import io.causeline.model.KubernetesEvent;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events, from the watch to the box before Kafka. */
final class EventFeed implements ResourceFeed {

  private static final String NAME = "events";

  private final String cluster;
  private final NamespaceFilter namespaces;
  private final SeenClock clock;
  private final EventBox box;
  private final SendListener listener;

  EventFeed(
      String cluster,
      NamespaceFilter namespaces,
      SeenClock clock,
      EventBox box,
      SendListener listener) {
    this.cluster = cluster;
    this.namespaces = namespaces;
    this.clock = clock;
    this.box = box;
    this.listener = listener;
  }

  @Override
  public void listStarts() {
    box.listStarts(clock.now());
  }

  /** Events of before are told too: they carry their own times, and repeats change nothing. */
  @Override
  public void listItem(JsonNode object) throws InterruptedException, SendFailedException {
    Instant seenAt = clock.begin(NAME);
    try {
      byte[] value = value(object, seenAt);
      if (value != null) {
        box.put(value, seenAt);
      }
    } finally {
      clock.end(NAME);
    }
  }

  @Override
  public void listEnds(String resourceVersion) {
    box.mark(resourceVersion, clock.now());
  }

  @Override
  public Taken changed(WatchEvent.Changed change) {
    Instant seenAt = clock.begin(NAME);
    try {
      // An Event is deleted when its time to live is over, which says nothing of its subject.
      byte[] value =
          change.type() == WatchEvent.Type.DELETED ? null : value(change.object(), seenAt);
      if (value != null) {
        return box.offer(change.resourceVersion(), value, seenAt);
      }
      box.mark(change.resourceVersion(), seenAt);
      return Taken.TAKEN;
    } finally {
      clock.end(NAME);
    }
  }

  @Override
  public void bookmark(String resourceVersion) {
    box.mark(resourceVersion, clock.now());
  }

  @Override
  public void unreadable(String reason) {
    listener.rejected(NAME, reason);
  }

  @Override
  public Position recover(Position taken) throws InterruptedException {
    Position stored = box.recover();
    return Objects.equals(stored.resourceVersion(), taken.resourceVersion())
        ? new Position(stored.resourceVersion(), taken.goodUntil(), stored.stored())
        : stored;
  }

  private byte @Nullable [] value(JsonNode object, Instant seenAt) {
    NormalisedEvent result = EventNormaliser.normalise(cluster, object, seenAt);
    if (result instanceof NormalisedEvent.Rejected rejected) {
      listener.rejected(NAME, rejected.reason());
    }
    Optional<KubernetesEvent> event =
        result.event().filter(signal -> namespaces.admits(signal.entity()));
    return event.map(Json::bytes).orElse(null);
  }
}
