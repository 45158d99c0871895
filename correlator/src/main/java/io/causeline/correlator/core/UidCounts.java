package io.causeline.correlator.core;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lowest and highest count of each Event, by its uid. Most entries are of one Event, which then
 * stands here without a map.
 */
final class UidCounts {

  private @Nullable String first;
  private int min;
  private int max;

  /** All others: lowest and highest. */
  private @Nullable Map<String, int[]> more;

  private int seen;
  private int greatest;

  boolean isEmpty() {
    return first == null;
  }

  /** Whether these would change anything. */
  boolean isNews(String uid, int low, int high) {
    if (uid.equals(first)) {
      return low < min || high > max;
    }
    int[] known = more == null ? null : more.get(uid);
    return known == null || low < known[0] || high > known[1];
  }

  /** Takes in counts that an Event bore. */
  void add(String uid, int low, int high) {
    greatest = Math.max(greatest, high);
    if (first == null) {
      first = uid;
      min = low;
      max = high;
      seen = high - low + 1;
      return;
    }
    if (uid.equals(first)) {
      int before = max - min;
      min = Math.min(min, low);
      max = Math.max(max, high);
      seen += max - min - before;
      return;
    }
    more = more == null ? new HashMap<>(4) : more;
    int[] known = more.get(uid);
    if (known == null) {
      more.put(uid, new int[] {low, high});
      seen += high - low + 1;
    } else {
      int before = known[1] - known[0];
      known[0] = Math.min(known[0], low);
      known[1] = Math.max(known[1], high);
      seen += known[1] - known[0] - before;
    }
  }

  void addAll(UidCounts others) {
    others.forEach(this::add);
  }

  /** Whether another's would change anything. */
  boolean isNews(UidCounts others) {
    boolean[] news = {false};
    others.forEach((uid, low, high) -> news[0] |= isNews(uid, low, high));
    return news[0];
  }

  /** Takes one Event's counts. */
  interface Taker {
    void take(String uid, int low, int high);
  }

  void forEach(Taker taker) {
    if (first != null) {
      taker.take(first, min, max);
    }
    if (more != null) {
      more.forEach((uid, counts) -> taker.take(uid, counts[0], counts[1]));
    }
  }

  /** The Events. */
  Collection<String> uids() {
    if (first == null || more == null) {
      return first == null ? List.of() : List.of(first);
    }
    Collection<String> all = new TreeSet<>(more.keySet());
    all.add(first);
    return all;
  }

  /** The lowest of this Event; 0 if there is no such. */
  int low(String uid) {
    if (uid.equals(first)) {
      return min;
    }
    int[] known = more == null ? null : more.get(uid);
    return known == null ? 0 : known[0];
  }

  /** The highest of this Event; 0 if there is no such. */
  int high(String uid) {
    if (uid.equals(first)) {
      return max;
    }
    int[] known = more == null ? null : more.get(uid);
    return known == null ? 0 : known[1];
  }

  /** How often all of them were seen. */
  int seen() {
    return seen;
  }

  /** The greatest count that any of them bore; 0 if there is none. */
  int greatest() {
    return greatest;
  }
}
