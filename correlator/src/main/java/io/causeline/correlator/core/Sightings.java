package io.causeline.correlator.core;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When, and how often, an entry was seen: what changes with each repeat, apart from what does not.
 * Grows only, in a way that no order and no duplicate can alter. Stored as one small record for
 * each Event uid, so that a repeat writes one.
 */
final class Sightings {

  /** The record of what bears no uid: alerts and changes. */
  static final String NO_UID = "";

  /** Of the last time, as numbers: see {@link LatestTimes}. */
  private long lastSecond;

  private int lastNano;
  private final UidCounts counts = new UidCounts();

  /** To date a recovery. */
  private final LatestTimes times = new LatestTimes();

  Sightings(Instant last) {
    last(last);
  }

  private void last(Instant time) {
    lastSecond = time.getEpochSecond();
    lastNano = time.getNano();
  }

  private boolean isLater(Instant time) {
    long second = time.getEpochSecond();
    return second > lastSecond || (second == lastSecond && time.getNano() > lastNano);
  }

  /** One time, with the count that the Event of this uid bore. */
  static Sightings of(String uid, int count, Instant at) {
    Sightings one = new Sightings(at);
    one.counts.add(uid, count, count);
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
    return isLater(other.last()) || counts.isNews(other.counts);
  }

  void absorb(Sightings other) {
    counts.addAll(other.counts);
    times.addAll(other.times);
    seenAt(other.last());
  }

  /** The same for one time of one Event; true if it tells anything new. */
  boolean absorb(String uid, int count, Instant at) {
    if (!isLater(at) && !counts.isNews(uid, count, count)) {
      return false;
    }
    counts.add(uid, count, count);
    times.add(at);
    seenAt(at);
    return true;
  }

  private void seenAt(Instant time) {
    if (isLater(time)) {
      last(time);
    }
  }

  Instant last() {
    return Instant.ofEpochSecond(lastSecond, lastNano);
  }

  Collection<String> uids() {
    return counts.uids();
  }

  /** Keys of its records: its uids, or {@link #NO_UID}. */
  Collection<String> records() {
    return counts.isEmpty() ? List.of(NO_UID) : counts.uids();
  }

  /** How often each Event was seen. */
  UidCounts counts() {
    return counts;
  }

  /** The latest times. */
  LatestTimes times() {
    return times;
  }

  /** How often it was seen; 0 for what is not counted. */
  int seen() {
    return counts.seen();
  }

  /** The greatest count that any of its Events bore; 1 for what is not counted. */
  int greatest() {
    return Math.max(1, counts.greatest());
  }

  /** The record of one uid; null if it has no such one. */
  byte @Nullable [] pack(String uid) {
    int high = counts.high(uid);
    if (high == 0 && !(uid.equals(NO_UID) && counts.isEmpty())) {
      return null;
    }
    Packed out = StateCodec.packed();
    out.number(counts.low(uid)).number(high).time(last()).number(times.size());
    for (int i = 0; i < times.size(); i++) {
      out.time(times.get(i));
    }
    return out.take();
  }

  /** Reads a record of this uid into what is known already. */
  void unpack(String uid, Unpacked in) {
    int min = (int) in.number();
    int max = (int) in.number();
    if (max > 0) {
      counts.add(uid, min, max);
    }
    seenAt(in.someTime());
    in.list(Unpacked::someTime).forEach(times::add);
  }
}
