package io.causeline.collector;

import io.causeline.collector.send.RecordSink;
import io.causeline.model.Heartbeat;
import io.causeline.model.Json;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.Signal;
import io.causeline.model.Topics;
import io.causeline.model.Topics.Topic;
import io.causeline.model.TopologyRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Kafka, as far as a collector sees it: it stores at once, later, or not at all. */
public final class FakeSink implements RecordSink {

  /** A record that is stored. */
  public record Stored(Topic topic, String key, String value) {}

  private record Held(Stored record, CompletableFuture<Void> future) {}

  private final List<Stored> stored = new ArrayList<>();
  private final Deque<Held> held = new ArrayDeque<>();
  private Predicate<Topic> holding = topic -> false;
  private Predicate<Topic> failing = topic -> false;
  private int attempts;

  @Override
  public CompletionStage<?> send(Topic topic, String key, byte[] value) {
    Stored record =
        new Stored(
            topic,
            key,
            value == null ? null : new String(value, java.nio.charset.StandardCharsets.UTF_8));
    CompletableFuture<Void> future = new CompletableFuture<>();
    synchronized (this) {
      attempts++;
      if (failing.test(topic)) {
        future.completeExceptionally(new IllegalStateException("Kafka is away"));
        return future;
      }
      if (holding.test(topic)) {
        held.add(new Held(record, future));
        return future;
      }
      stored.add(record);
    }
    future.complete(null);
    return future;
  }

  public synchronized void hold(Topic which) {
    holding = topic -> topic.equals(which);
  }

  public synchronized void fail(Topic which) {
    failing = topic -> topic.equals(which);
  }

  public synchronized void work() {
    failing = topic -> false;
  }

  public synchronized int attempts() {
    return attempts;
  }

  public synchronized int heldCount() {
    return held.size();
  }

  /** Stores all that is held, and what comes from now on. */
  public void release() {
    synchronized (this) {
      holding = topic -> false;
    }
    settle(true);
  }

  /** Fails all that is held, and stores what comes from now on. */
  public void failHeld() {
    synchronized (this) {
      holding = topic -> false;
    }
    settle(false);
  }

  private void settle(boolean store) {
    while (true) {
      Held next;
      synchronized (this) {
        next = held.poll();
        if (next == null) {
          return;
        }
        if (store) {
          stored.add(next.record());
        }
      }
      if (store) {
        next.future().complete(null);
      } else {
        next.future().completeExceptionally(new IllegalStateException("Kafka gave up"));
      }
    }
  }

  public synchronized List<Stored> stored() {
    return List.copyOf(stored);
  }

  public synchronized void forget() {
    stored.clear();
  }

  public List<KubernetesEvent> events() {
    return signals(KubernetesEvent.class);
  }

  public List<Heartbeat> heartbeats() {
    return signals(Heartbeat.class);
  }

  private <T extends Signal> List<T> signals(Class<T> type) {
    return stored().stream()
        .filter(record -> record.topic().equals(Topics.SIGNALS))
        .map(
            record ->
                Json.read(
                    record.value().getBytes(java.nio.charset.StandardCharsets.UTF_8), Signal.class))
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** Topology of one kind; a tombstone is null. */
  public List<TopologyRecord> topology(String kind) {
    List<TopologyRecord> records = new ArrayList<>();
    for (Stored record : stored()) {
      if (record.topic().equals(Topics.TOPOLOGY)
          && (record.key().contains("/" + kind + "/") || record.key().endsWith("/" + kind))) {
        records.add(
            record.value() == null
                ? null
                : Json.read(
                    record.value().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    TopologyRecord.class));
      }
    }
    return records;
  }

  public List<ObjectSnapshot> snapshots(String kind) {
    return topology(kind).stream()
        .filter(TopologyRecord.Present.class::isInstance)
        .map(record -> ((TopologyRecord.Present) record).snapshot())
        .toList();
  }
}
