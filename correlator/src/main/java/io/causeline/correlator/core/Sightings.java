package io.causeline.correlator.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When, and how often, an entry was seen: what changes with each repeat, apart from what does not.
 * Grows only, in a way that no order and no duplicate can alter. Stored as one small record for
 * each Event uid, so that a repeat writes one.
 */
final class Sightings {

  /** How many of the latest times are remembered, to date a recovery. */
  private static final int TIMES = 16;

  /** The record of what bears no uid: alerts and changes. */
  static final String NO_UID = "";

  private Instant last;
  private final Map<String, Episode.Counts> uids = new HashMap<>(4);
  private int seen;
  private int greatest;

  /** Ascending, without duplicates. */
  private final List<Instant> times = new ArrayList<>(4);

  Sightings(Instant last) {
    this.last = last;
  }

  /** One time, with the count that the Event of this uid bore. */
  static Sightings of(String uid, int count, Instant at) {
    Sightings one = new Sightings(at);
    one.count(uid, new Episode.Counts(count, count));
    one.times.add(at);
    return one;
  }

  /** One time of what is not counted. */
  static Sightings at(Instant at, boolean remembered) {
    Sightings one = new Sightings(at);
    if (remembered) {
      one.times.add(at);
    }
    return one;
  }

  /** Whether another's would change anything but the times that are remembered. */
  boolean isNews(Sightings other) {
    if (other.last.isAfter(last)) {
      return true;
    }
    for (Map.Entry<String, Episode.Counts> entry : other.uids.entrySet()) {
      if (isNews(entry.getKey(), entry.getValue())) {
        return true;
      }
    }
    return false;
  }

  private boolean isNews(String uid, Episode.Counts counts) {
    Episode.Counts known = uids.get(uid);
    return known == null || counts.min() < known.min() || counts.max() > known.max();
  }

  void absorb(Sightings other) {
    other.uids.forEach(this::count);
    other.times.forEach(this::remember);
    last = other.last.isAfter(last) ? other.last : last;
  }

  /** The same for one time of one Event; true if it tells anything new. */
  boolean absorb(String uid, int count, Instant at) {
    Episode.Counts counts = uids.get(uid);
    boolean counted = counts != null && counts.min() <= count && counts.max() >= count;
    if (counted && !at.isAfter(last)) {
      return false;
    }
    if (!counted) {
      count(uid, new Episode.Counts(count, count));
    }
    remember(at);
    last = at.isAfter(last) ? at : last;
    return true;
  }

  private void count(String uid, Episode.Counts counts) {
    Episode.Counts before = uids.get(uid);
    Episode.Counts both = before == null ? counts : before.with(counts);
    uids.put(uid, both);
    seen += both.seen() - (before == null ? 0 : before.seen());
    greatest = Math.max(greatest, both.max());
  }

  private void remember(Instant time) {
    int place = times.size();
    while (place > 0 && times.get(place - 1).isAfter(time)) {
      place--;
    }
    if (place > 0 && times.get(place - 1).equals(time)) {
      return;
    }
    if (times.size() < TIMES) {
      times.add(place, time);
    } else if (place > 0) {
      times.add(place, time);
      times.remove(0);
    }
  }

  Instant last() {
    return last;
  }

  Set<String> uids() {
    return uids.keySet();
  }

  /** Keys of its records: its uids, or {@link #NO_UID}. */
  Collection<String> records() {
    return uids.isEmpty() ? List.of(NO_UID) : uids.keySet();
  }

  Map<String, Episode.Counts> counts() {
    return uids;
  }

  /** The latest times, ascending. */
  List<Instant> times() {
    return times;
  }

  /** How often it was seen; 0 for what is not counted. */
  int seen() {
    return seen;
  }

  /** The greatest count that any of its Events bore; 1 for what is not counted. */
  int greatest() {
    return Math.max(1, greatest);
  }

  /** The record of one uid; null if it has no such one. */
  byte @Nullable [] pack(String uid) {
    Episode.Counts counts = uids.get(uid);
    if (counts == null && !(uid.equals(NO_UID) && uids.isEmpty())) {
      return null;
    }
    Packed out = StateCodec.packed();
    out.number(counts == null ? 0 : counts.min()).number(counts == null ? 0 : counts.max());
    return out.time(last).list(times, Packed::time).take();
  }

  /** Reads a record of this uid into what is known already. */
  void unpack(String uid, Unpacked in) {
    int min = (int) in.number();
    int max = (int) in.number();
    if (max > 0) {
      count(uid, new Episode.Counts(min, max));
    }
    Instant stored = in.someTime();
    last = stored.isAfter(last) ? stored : last;
    in.list(Unpacked::someTime).forEach(this::remember);
  }
}
