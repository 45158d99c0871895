package io.causeline.collector.send;

import io.causeline.collector.send.RecordSink.RefusedException;
import io.causeline.collector.watch.Backoff;
import io.causeline.collector.watch.ResourceFeed.Taken;
import io.causeline.model.Json;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.Topics;
import io.causeline.model.TopologyRecord;
import io.causeline.model.TopologyRecord.EpochEnd;
import io.causeline.model.TopologyRecord.Gone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects' states on their way to Kafka. When many wait, a later state of the same object takes the
 * place of one that waits, so that a slow Kafka costs states between, never the last. What Kafka
 * did not store is sent again, until it is. The end of a list leaves only when all that came before
 * it is stored.
 */
public final class TopologyBox implements Runnable {

  private static final int MAX_IN_FLIGHT = 500;

  private final RecordSink sink;
  private final int capacity;
  private final SendListener listener;
  private final Backoff backoff;

  private LinkedHashMap<String, TopologyOp> waiting = new LinkedHashMap<>();
  private final Map<String, TopologyOp> sent = new LinkedHashMap<>();
  private int failures;
  private long notBefore = System.nanoTime();

  /**
   * An empty box; {@link #run} empties it.
   *
   * @param capacity how many objects it holds that wait
   */
  public TopologyBox(RecordSink sink, int capacity, SendListener listener, Backoff backoff) {
    this.sink = sink;
    this.capacity = capacity;
    this.listener = listener;
    this.backoff = backoff;
  }

  /** Takes an object's state if there is room. */
  public synchronized Taken offer(ObjectSnapshot snapshot) {
    String key = Topics.topologyKey(snapshot.cluster(), snapshot.entity());
    return offer(key, TopologyOp.present(snapshot));
  }

  /** Takes that an object has gone, if there is room. */
  public synchronized Taken offer(Gone gone) {
    return offer(Topics.topologyKey(gone.cluster(), gone.entity()), TopologyOp.gone(gone));
  }

  /** Takes that an object has gone and another of the same name is there, if there is room. */
  public synchronized Taken offer(Gone gone, ObjectSnapshot snapshot) {
    String key = Topics.topologyKey(snapshot.cluster(), snapshot.entity());
    return offer(key, TopologyOp.gone(gone).then(TopologyOp.present(snapshot), true));
  }

  /** Takes an object's state, waiting for room. */
  public synchronized void put(ObjectSnapshot snapshot) throws InterruptedException {
    while (offer(snapshot) == Taken.NO_ROOM) {
      wait();
    }
  }

  /** Takes that an object has gone, waiting for room. */
  public synchronized void put(Gone gone) throws InterruptedException {
    while (offer(gone) == Taken.NO_ROOM) {
      wait();
    }
  }

  /** Takes that an object has gone and another has its name, waiting for room. */
  public synchronized void put(Gone gone, ObjectSnapshot snapshot) throws InterruptedException {
    while (offer(gone, snapshot) == Taken.NO_ROOM) {
      wait();
    }
  }

  /** Takes the end of a list; for that there is always room. */
  public synchronized void put(EpochEnd end) {
    String key = Topics.epochKey(end.cluster(), end.kinds());
    waiting.remove(key); // an end that has not left yet is void: it must stand behind the new list
    waiting.put(key, TopologyOp.epochEnd(end));
    notifyAll();
  }

  /** Waits until half of the room is free. */
  public synchronized void awaitRoom() throws InterruptedException {
    while (waiting.size() > capacity / 2) {
      wait();
    }
  }

  /** When the oldest of what is not stored was seen; empty if all is. */
  public synchronized Optional<Instant> oldest() {
    return Stream.concat(sent.values().stream(), waiting.values().stream())
        .map(TopologyOp::seenAt)
        .min(Instant::compareTo);
  }

  /** How many objects are not stored yet as they are. */
  public synchronized int size() {
    return waiting.size() + sent.size();
  }

  /** Hands states to Kafka until the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        send(next());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Taken offer(String key, TopologyOp op) {
    TopologyOp earlier = waiting.get(key);
    if (earlier == null && waiting.size() >= capacity) {
      return Taken.NO_ROOM;
    }
    waiting.put(key, earlier == null ? op : earlier.then(op, hasRoom()));
    notifyAll();
    return Taken.TAKEN;
  }

  private boolean hasRoom() {
    return waiting.size() < capacity / 2;
  }

  private record Next(String key, TopologyOp op) {}

  private synchronized Next next() throws InterruptedException {
    while (true) {
      long wait = notBefore - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, wait);
      } else if (waiting.isEmpty() || sent.size() >= MAX_IN_FLIGHT) {
        wait();
      } else {
        Next next = free();
        if (next != null) {
          waiting.remove(next.key());
          sent.put(next.key(), next.op());
          return next;
        }
        wait();
      }
    }
  }

  /**
   * The first that can leave: one at a time for each object, else one that failed could be sent
   * again after a later; and nothing overtakes the end of a list, which waits for all before it.
   */
  private @Nullable Next free() {
    for (Map.Entry<String, TopologyOp> entry : waiting.entrySet()) {
      Next next = new Next(entry.getKey(), entry.getValue());
      if (next.op().isEpochEnd()) {
        boolean first = waiting.keySet().iterator().next().equals(next.key());
        return first && sent.isEmpty() ? next : null;
      }
      if (!sent.containsKey(next.key())) {
        return next;
      }
    }
    return null;
  }

  private void send(Next next) {
    List<CompletableFuture<?>> futures = new ArrayList<>(3);
    List<TopologyRecord> records = next.op().records();
    for (int i = 0; i < records.size(); i++) {
      futures.add(send(next.key(), Json.bytes(records.get(i))));
      boolean lastGone = i == records.size() - 1 || !(records.get(i + 1) instanceof Gone);
      if (records.get(i) instanceof Gone && lastGone) {
        futures.add(send(next.key(), null));
      }
    }
    var unused =
        CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
            .whenComplete((stored, failure) -> settle(next, failure));
  }

  private CompletableFuture<?> send(String key, byte @Nullable [] value) {
    try {
      return sink.send(Topics.TOPOLOGY, key, value).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void settle(Next next, @Nullable Throwable failure) {
    Throwable cause = failure == null ? null : Failures.cause(failure);
    boolean again = cause != null && !(cause instanceof RefusedException);
    synchronized (this) {
      sent.remove(next.key());
      if (again) {
        failures++;
        notBefore =
            System.nanoTime()
                + backoff.after(failures, () -> ThreadLocalRandom.current().nextDouble()).toNanos();
        putFirst(next);
      } else {
        failures = 0;
      }
      notifyAll();
    }
    if (cause == null) {
      listener.stored(next.op().kind());
    } else if (cause instanceof RefusedException refused) {
      listener.rejected(next.op().kind(), refused.reason());
    } else {
      listener.failed("topology", cause);
    }
  }

  /** Back to the front, so that it stays before the end of its list. */
  private void putFirst(Next next) {
    LinkedHashMap<String, TopologyOp> reordered = new LinkedHashMap<>();
    boolean room = hasRoom();
    TopologyOp later = waiting.remove(next.key());
    if (next.op().isEpochEnd() && later != null) {
      waiting.put(next.key(), later); // a newer list has ended since
      return;
    }
    reordered.put(next.key(), later == null ? next.op() : next.op().then(later, room));
    reordered.putAll(waiting);
    waiting = reordered;
  }
}
