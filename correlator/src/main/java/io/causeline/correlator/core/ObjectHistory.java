package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    private Version until(@Nullable Instant end, boolean isGone) {
      return new Version(snapshot, from, end, isGone);
    }

    private Version as(ObjectSnapshot other) {
      return new Version(other, from, to, gone);
    }
  }

  /** As stored. */
  record State(EntityRef entity, long epoch, List<Version> versions) {}

  private final EntityRef entity;
  private final List<Version> versions;
  private long epoch;

  ObjectHistory(EntityRef entity) {
    this(new State(entity, Long.MIN_VALUE, List.of()));
  }

  ObjectHistory(State state) {
    this.entity = state.entity();
    this.epoch = state.epoch();
    this.versions = new ArrayList<>(state.versions());
  }

  State state() {
    return new State(entity, epoch, List.copyOf(versions));
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

  /** What {@link #insert} did: the states on both sides of the new one. */
  record Inserted(
      boolean fresh,
      @Nullable ObjectSnapshot before,
      @Nullable ObjectSnapshot after,
      @Nullable ObjectSnapshot replaced) {

    static final Inserted NOTHING = new Inserted(false, null, null, null);
  }

  /**
   * Puts a state where it belongs.
   *
   * @return {@code fresh} false if it tells nothing new; {@code replaced} is the last state of
   *     another object of the same name that must be gone since
   */
  Inserted insert(ObjectSnapshot snapshot) {
    epoch = Math.max(epoch, snapshot.epoch());
    int at = versions.size();
    while (at > 0 && isOlder(snapshot, versions.get(at - 1).snapshot())) {
      at--;
    }
    Version previous = at == 0 ? null : versions.get(at - 1);
    if (previous != null && previous.snapshot().uid().equals(snapshot.uid())) {
      if (previous.snapshot().resourceVersion().equals(snapshot.resourceVersion())) {
        return Inserted.NOTHING;
      }
      if (previous.snapshot().sameStateAs(snapshot)) {
        versions.set(at - 1, previous.as(snapshot));
        return Inserted.NOTHING;
      }
      if (previous.gone()) {
        // A deposed collector's late word about an object that is gone.
        return Inserted.NOTHING;
      }
    }
    Version next = at == versions.size() ? null : versions.get(at);
    ObjectSnapshot replaced = null;
    if (previous != null && !previous.gone()) {
      boolean other = !previous.snapshot().uid().equals(snapshot.uid());
      versions.set(at - 1, previous.until(startOf(snapshot, previous), other));
      replaced = other ? previous.snapshot() : null;
    }
    Instant from = startOf(snapshot, previous);
    versions.add(at, new Version(snapshot, from, next == null ? null : next.from(), false));
    boolean sameObject = previous != null && previous.snapshot().uid().equals(snapshot.uid());
    return new Inserted(
        true,
        sameObject && previous != null ? previous.snapshot() : null,
        next == null ? null : next.snapshot(),
        replaced);
  }

  /** An object's first known state is taken to hold since its creation. */
  private static Instant startOf(ObjectSnapshot snapshot, @Nullable Version previous) {
    Instant created = snapshot.createdAt();
    boolean sameObject = previous != null && previous.snapshot().uid().equals(snapshot.uid());
    return !sameObject && created != null && created.isBefore(snapshot.observedAt())
        ? created
        : snapshot.observedAt();
  }

  /** Ends the last state; null if the object is not there, is another one, or is newer. */
  @Nullable ObjectSnapshot end(@Nullable String uid, Instant at) {
    Version latest = latest();
    if (latest == null
        || latest.gone()
        || (uid != null && !uid.isEmpty() && !latest.snapshot().uid().equals(uid))) {
      return null;
    }
    versions.set(versions.size() - 1, latest.until(at, true));
    return latest.snapshot();
  }

  /** Forgets what ended before {@code time}; true if anything was forgotten. */
  boolean forgetBefore(Instant time) {
    return versions.removeIf(
        version -> {
          Instant end = version.to();
          return end != null && end.isBefore(time);
        });
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
