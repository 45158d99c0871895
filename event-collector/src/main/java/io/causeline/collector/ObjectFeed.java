package io.causeline.collector;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.collector.normalise.ObjectTrimmer;
import io.causeline.collector.normalise.WatchedKind;
import io.causeline.collector.send.Epochs;
import io.causeline.collector.send.SeenClock;
import io.causeline.collector.send.SendListener;
import io.causeline.collector.send.StateFingerprint;
import io.causeline.collector.send.TopologyBox;
import io.causeline.collector.watch.ResourceFeed;
import io.causeline.collector.watch.WatchEvent;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.TopologyRecord.EpochEnd;
import io.causeline.model.TopologyRecord.Gone;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects of one kind, from the watch to the box before Kafka. Each full list is an epoch: all its
 * objects are told, and then its end, so that a reader knows what is gone. Between lists only
 * changes of the trimmed state are told.
 */
final class ObjectFeed implements ResourceFeed {

  private static final Logger log = LoggerFactory.getLogger(ObjectFeed.class);

  private final String cluster;
  private final WatchedKind kind;
  private final NamespaceFilter namespaces;
  private final SeenClock clock;
  private final Epochs epochs;
  private final TopologyBox box;
  private final SendListener listener;

  private Map<EntityRef, Told> told = new HashMap<>();
  private Map<EntityRef, Told> listing = new HashMap<>();
  private long epoch;

  /** What was told last of an object. */
  private record Told(String uid, long fingerprint) {}

  ObjectFeed(
      String cluster,
      WatchedKind kind,
      NamespaceFilter namespaces,
      SeenClock clock,
      Epochs epochs,
      TopologyBox box,
      SendListener listener) {
    this.cluster = cluster;
    this.kind = kind;
    this.namespaces = namespaces;
    this.clock = clock;
    this.epochs = epochs;
    this.box = box;
    this.listener = listener;
  }

  @Override
  public void listStarts() {
    // What a list that was broken off has told stays told: the next one finds it, or it is gone.
    told.putAll(listing);
    listing = new HashMap<>();
    epoch = epochs.next();
  }

  @Override
  public void listItem(JsonNode object) throws InterruptedException {
    Instant seenAt = clock.begin(kind.resource());
    try {
      Optional<ObjectSnapshot> trimmed = trim(object, seenAt);
      if (trimmed.isPresent()) {
        ObjectSnapshot snapshot = trimmed.get();
        Told now = new Told(snapshot.uid(), StateFingerprint.of(snapshot));
        Told before = told.get(snapshot.entity());
        if (before != null && !before.uid().equals(now.uid())) {
          box.put(gone(snapshot.entity(), before.uid(), null, seenAt), snapshot);
        } else {
          box.put(snapshot);
        }
        listing.put(snapshot.entity(), now);
      }
    } finally {
      clock.end(kind.resource());
    }
  }

  @Override
  public void listEnds(String resourceVersion) throws InterruptedException {
    Instant seenAt = clock.begin(kind.resource());
    try {
      for (Map.Entry<EntityRef, Told> before : told.entrySet()) {
        if (!listing.containsKey(before.getKey())) {
          box.put(gone(before.getKey(), before.getValue().uid(), null, seenAt));
        }
      }
      box.put(new EpochEnd(cluster, List.of(kind.kind()), epoch, seenAt));
      told = listing;
      listing = new HashMap<>();
    } finally {
      clock.end(kind.resource());
    }
  }

  @Override
  public Taken changed(WatchEvent.Changed change) {
    Instant seenAt = clock.begin(kind.resource());
    try {
      Optional<ObjectSnapshot> trimmed = trim(change.object(), seenAt);
      if (trimmed.isEmpty()) {
        return Taken.TAKEN;
      }
      ObjectSnapshot snapshot = trimmed.get();
      return change.type() == WatchEvent.Type.DELETED ? deleted(snapshot) : written(snapshot);
    } finally {
      clock.end(kind.resource());
    }
  }

  @Override
  public void bookmark(String resourceVersion) {}

  @Override
  public void unreadable(String reason) {
    listener.rejected(kind.resource(), reason);
  }

  /** What was taken is kept until it is stored; so the watch may go on from there. */
  @Override
  public Position recover(Position taken) throws InterruptedException {
    box.awaitRoom();
    return taken;
  }

  private Taken written(ObjectSnapshot snapshot) {
    Told now = new Told(snapshot.uid(), StateFingerprint.of(snapshot));
    Told before = told.get(snapshot.entity());
    if (now.equals(before)) {
      return Taken.TAKEN;
    }
    Taken taken =
        before != null && !before.uid().equals(now.uid())
            ? box.offer(
                gone(snapshot.entity(), before.uid(), null, snapshot.observedAt()), snapshot)
            : box.offer(snapshot);
    if (taken == Taken.TAKEN) {
      told.put(snapshot.entity(), now);
    }
    return taken;
  }

  private Taken deleted(ObjectSnapshot snapshot) {
    Taken taken =
        box.offer(
            gone(
                snapshot.entity(),
                snapshot.uid(),
                snapshot.resourceVersion(),
                snapshot.observedAt()));
    if (taken == Taken.TAKEN) {
      told.remove(snapshot.entity());
    }
    return taken;
  }

  private Gone gone(EntityRef entity, String uid, @Nullable String version, Instant seenAt) {
    return new Gone(cluster, entity, uid, version, epoch, seenAt);
  }

  private Optional<ObjectSnapshot> trim(JsonNode object, Instant seenAt) {
    Optional<ObjectSnapshot> snapshot =
        ObjectTrimmer.trim(cluster, kind, object, epoch, seenAt, loss -> lost(object, loss));
    if (snapshot.isEmpty()) {
      listener.rejected(kind.resource(), "no-name");
    }
    return snapshot.filter(state -> namespaces.admits(state.entity()));
  }

  private void lost(JsonNode object, String loss) {
    JsonNode metadata = object.path("metadata");
    log.warn(
        "{} {}/{} is too large to be told whole: {}",
        kind.kind(),
        metadata.path("namespace").asText("-"),
        metadata.path("name").asText(),
        loss);
    listener.rejected(kind.resource(), "cut");
  }
}
