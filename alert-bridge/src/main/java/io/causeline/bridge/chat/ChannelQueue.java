package io.causeline.bridge.chat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a channel: one entry for each incident, always its latest. So a chat that is out
 * costs one entry for each incident that changes, and gets only the latest state afterwards. Safe
 * for use by several threads; at most one entry is taken at a time.
 */
final class ChannelQueue {

  /** An entry that is being worked on. */
  record Taken(IncidentRef ref, Work work) {}

  private static final class Entry {
    private Work work;
    private Instant since;
    private Instant notBefore = Instant.MIN;
    // The records from here on are not dealt with.
    private long firstOffset;
    private boolean taken;
    private long firstOffsetSinceTaken = -1;
    private Instant cameSinceTaken = Instant.MAX;

    Entry(Work work, long firstOffset, Instant since) {
      this.work = work;
      this.firstOffset = firstOffset;
      this.since = since;
    }
  }

  private final Map<IncidentRef, Entry> entries = new LinkedHashMap<>();

  /**
   * Adds work.
   *
   * @param firstOffset of the first record that it stands for
   */
  synchronized void offer(IncidentRef ref, Work work, long firstOffset, Instant now) {
    Entry entry = entries.get(ref);
    if (entry == null) {
      entries.put(ref, new Entry(work, firstOffset, now));
      return;
    }
    entry.work = work.after(entry.work);
    entry.notBefore = Instant.MIN;
    if (entry.taken && entry.firstOffsetSinceTaken < 0) {
      entry.firstOffsetSinceTaken = firstOffset;
      entry.cameSinceTaken = now;
    }
  }

  /**
   * Takes the most urgent entry that is due; of equally urgent ones the first in line.
   *
   * @param urgency the lower the sooner
   */
  synchronized Optional<Taken> take(Instant now, ToIntFunction<Taken> urgency) {
    @Nullable Taken best = null;
    int bestUrgency = Integer.MAX_VALUE;
    for (Map.Entry<IncidentRef, Entry> candidate : entries.entrySet()) {
      Entry entry = candidate.getValue();
      if (!entry.notBefore.isAfter(now)) {
        Taken taken = new Taken(candidate.getKey(), entry.work);
        int u = urgency.applyAsInt(taken);
        if (u < bestUrgency) {
          best = taken;
          bestUrgency = u;
        }
      }
    }
    if (best != null) {
      Entry entry = entry(best);
      entry.taken = true;
      entry.firstOffsetSinceTaken = -1;
    }
    return Optional.ofNullable(best);
  }

  /** The work is done; what came meanwhile stays. */
  synchronized void done(Taken taken) {
    Entry entry = entries.get(taken.ref());
    if (entry == null) {
      return;
    }
    if (entry.firstOffsetSinceTaken < 0) {
      entries.remove(taken.ref());
      return;
    }
    entry.taken = false;
    entry.firstOffset = entry.firstOffsetSinceTaken;
    entry.since = entry.cameSinceTaken;
  }

  /** The work is not done: it goes to the end of the line, and is due from then on. */
  synchronized void later(Taken taken, Instant notBefore) {
    Entry entry = entries.remove(taken.ref());
    if (entry != null) {
      entries.put(taken.ref(), entry);
      entry.taken = false;
      // What came meanwhile may be more urgent.
      entry.notBefore = entry.firstOffsetSinceTaken < 0 ? notBefore : Instant.MIN;
    }
  }

  /** Drops the work of a partition. */
  synchronized void release(int partition) {
    entries.keySet().removeIf(ref -> ref.partition() == partition);
  }

  /** The first offset of a partition that still has to be dealt with, if any. */
  synchronized OptionalLong firstOffset(int partition) {
    return entries.entrySet().stream()
        .filter(e -> e.getKey().partition() == partition)
        .mapToLong(e -> e.getValue().firstOffset)
        .min();
  }

  /** When the next entry is due; {@link Instant#MAX} if there is none. */
  synchronized Instant nextDue() {
    return entries.values().stream()
        .map(e -> e.notBefore)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** How many incidents wait. */
  synchronized int size() {
    return entries.size();
  }

  /** Since when the one that waits longest does. */
  synchronized Optional<Instant> oldest() {
    return entries.values().stream().map(e -> e.since).min(Instant::compareTo);
  }

  private Entry entry(Taken taken) {
    Entry entry = entries.get(taken.ref());
    if (entry == null) {
      throw new IllegalStateException(taken.ref() + " is not waiting");
    }
    return entry;
  }
}
