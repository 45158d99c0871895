package io.causeline.collector.send;

import io.causeline.collector.send.RecordSink.RefusedException;
import io.causeline.collector.watch.ResourceFeed.Position;
import io.causeline.collector.watch.ResourceFeed.SendFailedException;
import io.causeline.collector.watch.ResourceFeed.Taken;
import io.causeline.model.Topics;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to Kafka, in order, up to a bound. It knows the resourceVersion up to which
 * all is stored. If Kafka does not store one event, all that are not stored yet are thrown away,
 * since the watch will bring them again from there: that keeps the order and needs no memory.
 */
public final class EventBox implements Runnable {

  /** Kafka's own buffer fails what does not fit; so it is never handed more than this. */
  private static final int MAX_IN_FLIGHT = 1000;

  /** Records of this kind, in metrics. */
  static final String KIND = "kubernetes-event";

  private final RecordSink sink;
  private final String cluster;
  private final int capacity;
  private final SendListener listener;
  private final Runnable onFailure;

  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Deque<Entry> sent = new ArrayDeque<>();
  private int records;
  private int generation;
  private boolean mustRecover;
  private boolean storedAny;
  private @Nullable String storedVersion;
  private @Nullable Instant storedUntil;

  /**
   * An empty box; {@link #run} empties it.
   *
   * @param capacity how many events it holds that are not stored yet
   * @param storedUntil up to when another has stored all before; null if that is not known
   * @param onFailure called, on any thread, when Kafka did not store one
   */
  public EventBox(
      RecordSink sink,
      String cluster,
      int capacity,
      @Nullable Instant storedUntil,
      SendListener listener,
      Runnable onFailure) {
    this.sink = sink;
    this.cluster = cluster;
    this.capacity = capacity;
    this.storedUntil = storedUntil;
    this.listener = listener;
    this.onFailure = onFailure;
  }

  /** An event, or a mark among the events. */
  private static final class Entry {
    final @Nullable String version;
    final byte @Nullable [] value;
    final Instant seenAt;
    final int generation;
    boolean done;

    Entry(@Nullable String version, byte @Nullable [] value, Instant seenAt, int generation) {
      this.version = version;
      this.value = value;
      this.seenAt = seenAt;
      this.generation = generation;
      this.done = value == null;
    }

    boolean isMark() {
      return value == null;
    }
  }

  /** Takes an event of the watch if there is room. */
  public synchronized Taken offer(String version, byte[] value, Instant seenAt) {
    if (mustRecover) {
      return Taken.SEND_FAILED;
    }
    if (records >= capacity) {
      return Taken.NO_ROOM;
    }
    add(version.isEmpty() ? null : version, value, seenAt);
    return Taken.TAKEN;
  }

  /**
   * Takes an event of a list, waiting for room. Lists are not in the order of changes, so its
   * resourceVersion tells nothing.
   */
  public synchronized void put(byte[] value, Instant seenAt)
      throws InterruptedException, SendFailedException {
    while (!mustRecover && records >= capacity) {
      wait();
    }
    if (mustRecover) {
      throw new SendFailedException();
    }
    add(null, value, seenAt);
  }

  /** A list begins: what was stored before is nothing to watch on from. */
  public synchronized void listStarts(Instant seenAt) {
    if (!mustRecover) {
      add(null, null, seenAt);
    }
  }

  /** Up to this resourceVersion there is nothing more to send. */
  public synchronized void mark(String version, Instant seenAt) {
    if (mustRecover || version.isEmpty()) {
      return;
    }
    Entry last = waiting.peekLast();
    if (last != null && last.isMark() && last.version != null) {
      waiting.pollLast();
    }
    add(version, null, seenAt);
  }

  /** When the oldest event that is not stored was seen; empty if all are. */
  public synchronized Optional<Instant> oldest() {
    return Stream.concat(sent.stream(), waiting.stream())
        .filter(entry -> !entry.isMark())
        .findFirst()
        .map(entry -> entry.seenAt);
  }

  /** How many events are not stored yet. */
  public synchronized int size() {
    return records;
  }

  /** Waits until all is stored, or something was not; then tells up to where all is. */
  public synchronized Position recover() throws InterruptedException {
    while (!mustRecover && !(waiting.isEmpty() && sent.isEmpty())) {
      wait();
    }
    mustRecover = false;
    boolean any = storedAny;
    storedAny = false;
    return new Position(storedVersion, storedUntil, any);
  }

  /** Hands events to Kafka until the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        Entry entry = next();
        try {
          var unused =
              sink.send(Topics.SIGNALS, cluster, entry.value)
                  .whenComplete((stored, failure) -> settle(entry, failure));
        } catch (RuntimeException e) {
          settle(entry, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void add(@Nullable String version, byte @Nullable [] value, Instant seenAt) {
    waiting.add(new Entry(version, value, seenAt, generation));
    records += value == null ? 0 : 1;
    notifyAll();
  }

  private synchronized Entry next() throws InterruptedException {
    while (true) {
      if (!waiting.isEmpty() && sent.size() < MAX_IN_FLIGHT) {
        Entry entry = waiting.remove();
        sent.add(entry);
        if (!entry.isMark()) {
          return entry;
        }
        advance();
      } else {
        wait();
      }
    }
  }

  private void settle(Entry entry, @Nullable Throwable failure) {
    Throwable cause = failure == null ? null : Failures.cause(failure);
    if (cause == null) {
      listener.stored(KIND);
    } else if (cause instanceof RefusedException refused) {
      listener.rejected(KIND, refused.reason());
    }
    Throwable failed = cause instanceof RefusedException ? null : cause;
    synchronized (this) {
      if (entry.generation != generation) {
        return; // thrown away meanwhile, since one before it was not stored
      }
      if (failed != null) {
        generation++;
        mustRecover = true;
        waiting.clear();
        sent.clear();
        records = 0;
      } else {
        entry.done = true;
        storedAny = true;
        advance();
      }
      notifyAll();
    }
    if (failed != null) {
      listener.failed(KIND, failed);
      onFailure.run();
    }
  }

  /** Takes out what is stored together with all before it. */
  private void advance() {
    Entry first = sent.peek();
    while (first != null && first.done) {
      sent.remove();
      records -= first.isMark() ? 0 : 1;
      if (first.version != null) {
        storedVersion = first.version;
        storedUntil = first.seenAt;
      } else if (first.isMark()) {
        storedVersion = null;
      }
      first = sent.peek();
    }
    notifyAll();
  }
}
