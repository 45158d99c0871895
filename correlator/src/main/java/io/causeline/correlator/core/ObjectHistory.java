package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The states that one name has had: kept in the order of the object's own versions, so that a late
 * snapshot finds its place. What ended long ago is forgotten.
 */
final class ObjectHistory {

  /**
   * A state.
   *
   * @param from when it was first seen to hold
   * @param to when the next state was seen, or the object gone; null while it holds
   * @param gone whether the object was gone at {@code to}
   */
  record Version(ObjectSnapshot snapshot, Instant from, @Nullable Instant to, boolean gone) {

    boolean holdsAt(Instant time) {
      Instant end = to;
      return !from.isAfter(time) && (end == null || end.isAfter(time));
    }

    boolean overlaps(Instant start, Instant end) {
      Instant until = to;
      return !from.isAfter(end) && (until == null || until.isAfter(start));
    }
  }

  /**
   * As stored.
   *
   * @param ended when objects of this name were gone, by uid; kept while their states may still
   *     come
   */
  record State(EntityRef entity, long epoch, List<Version> versions, Map<String, Instant> ended) {}

  private final EntityRef entity;
  private final List<Version> versions;
  private final Map<String, Instant> ended;
  private long epoch;

  ObjectHistory(EntityRef entity) {
    this(new State(entity, Long.MIN_VALUE, List.of(), Map.of()));
  }

  ObjectHistory(State state) {
    this.entity = state.entity();
    this.epoch = state.epoch();
    this.versions = new ArrayList<>(state.versions());
    this.ended = new TreeMap<>(state.ended());
  }

  State state() {
    return new State(entity, epoch, List.copyOf(versions), Map.copyOf(ended));
  }

  EntityRef entity() {
    return entity;
  }

  List<Version> versions() {
    return versions;
  }

  long epoch() {
    return epoch;
  }

  @Nullable Version latest() {
    return versions.isEmpty() ? null : versions.get(versions.size() - 1);
  }

  boolean present() {
    Version latest = latest();
    return latest != null && !latest.gone();
  }

  /**
   * What {@link #insert} did.
   *
   * @param before the state of the same object before the new one
   * @param after the state of the same object after the new one
   * @param replaced the last state of another object of the same name that must be gone since
   */
  record Inserted(
      boolean fresh,
      @Nullable ObjectSnapshot before,
      @Nullable ObjectSnapshot after,
      @Nullable ObjectSnapshot replaced) {

    static final Inserted NOTHING = new Inserted(false, null, null, null);
  }

  /** Puts a state where it belongs. */
  Inserted insert(ObjectSnapshot snapshot) {
    epoch = Math.max(epoch, snapshot.epoch());
    int at = versions.size();
    while (at > 0 && isOlder(snapshot, versions.get(at - 1).snapshot())) {
      at--;
    }
    Version previous = at == 0 ? null : versions.get(at - 1);
    if (previous != null
        && isSameObject(previous, snapshot)
        && previous.snapshot().resourceVersion().equals(snapshot.resourceVersion())) {
      return Inserted.NOTHING;
    }
    Version next = at == versions.size() ? null : versions.get(at);
    versions.add(at, new Version(snapshot, startOf(snapshot, previous), null, false));
    ObjectSnapshot replaced =
        previous != null && !isSameObject(previous, snapshot) && !previous.gone()
            ? previous.snapshot()
            : null;
    join();
    return new Inserted(
        true,
        previous != null && isSameObject(previous, snapshot) ? previous.snapshot() : null,
        next != null && isSameObject(next, snapshot) ? next.snapshot() : null,
        replaced);
  }

  /** Gives each state its times: it lasts until the next one, or until its object was gone. */
  private void join() {
    for (int i = 0; i < versions.size(); i++) {
      Version version = versions.get(i);
      Version previous = i == 0 ? null : versions.get(i - 1);
      Version next = i == versions.size() - 1 ? null : versions.get(i + 1);
      // A first state keeps its start: the states before it may have been forgotten.
      boolean first = previous == null || !isSameObject(previous, version.snapshot());
      Instant from = first ? version.from() : version.snapshot().observedAt();
      if (next != null && isSameObject(version, next.snapshot())) {
        versions.set(i, new Version(version.snapshot(), from, next.snapshot().observedAt(), false));
      } else {
        Instant end = ended.get(version.snapshot().uid());
        if (end == null && next != null) {
          end = next.from();
        }
        versions.set(i, new Version(version.snapshot(), from, end, end != null));
      }
    }
  }

  /** An object's first known state is taken to hold since its creation. */
  private static Instant startOf(ObjectSnapshot snapshot, @Nullable Version previous) {
    Instant created = snapshot.createdAt();
    boolean first = previous == null || !isSameObject(previous, snapshot);
    return first && created != null && created.isBefore(snapshot.observedAt())
        ? created
        : snapshot.observedAt();
  }

  private static boolean isSameObject(Version version, ObjectSnapshot snapshot) {
    return version.snapshot().uid().equals(snapshot.uid());
  }

  /** The object of this uid is gone; false if that was known. */
  boolean end(String uid, Instant at) {
    if (ended.putIfAbsent(uid, at) != null) {
      return false;
    }
    join();
    return true;
  }

  /** States that ended before {@code time}. */
  List<ObjectSnapshot> endedBefore(Instant time) {
    List<ObjectSnapshot> ended = new ArrayList<>();
    for (Version version : versions) {
      Instant end = version.to();
      if (end != null && end.isBefore(time)) {
        ended.add(version.snapshot());
      }
    }
    return ended;
  }

  /** Forgets what ended before {@code time}; true if anything was forgotten. */
  boolean forgetBefore(Instant time) {
    boolean forgot =
        versions.removeIf(
            version -> {
              Instant end = version.to();
              return end != null && end.isBefore(time);
            });
    return ended.values().removeIf(end -> end.isBefore(time)) || forgot;
  }

  /** Whether nothing is left to remember. */
  boolean isEmpty() {
    return versions.isEmpty() && ended.isEmpty();
  }

  private static boolean isOlder(ObjectSnapshot a, ObjectSnapshot b) {
    if (a.uid().equals(b.uid())) {
      return compareVersions(a.resourceVersion(), b.resourceVersion()) < 0;
    }
    Instant createdA = a.createdAt();
    Instant createdB = b.createdAt();
    if (createdA != null && createdB != null && !createdA.equals(createdB)) {
      return createdA.isBefore(createdB);
    }
    return a.observedAt().isBefore(b.observedAt());
  }

  /**
   * Of one object, a longer or greater number is newer; versions that are no numbers count as newer
   * in the order of arrival.
   */
  private static int compareVersions(String a, String b) {
    if (!a.isEmpty()
        && !b.isEmpty()
        && a.chars().allMatch(c -> c >= '0' && c <= '9')
        && b.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }
    return a.equals(b) ? 0 : 1;
  }
}
