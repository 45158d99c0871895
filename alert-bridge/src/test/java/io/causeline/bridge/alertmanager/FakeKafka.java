package io.causeline.bridge.alertmanager;

import io.causeline.model.AlertSignal;
import io.causeline.model.Heartbeat;
import io.causeline.model.Json;
import io.causeline.model.Signal;
import io.causeline.model.Topics;
import io.causeline.model.Topics.Topic;
import io.causeline.service.Health;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Kafka as the bridge sees it: stores, refuses, or lets its callers wait, as it is told. */
final class FakeKafka implements RecordSink {

  record Stored(Topic topic, String key, String value, Map<String, String> headers) {
    Signal signal() {
      return Json.read(value.getBytes(StandardCharsets.UTF_8), Signal.class);
    }
  }

  private record Waiting(Stored record, Fate fate) {}

  private final List<Stored> stored = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private Predicate<Stored> refused = record -> false;
  private boolean holding;
  private int sent;

  /** From now on records wait until {@link #release}. */
  synchronized void hold() {
    holding = true;
  }

  /** Stores what waits, and from now on everything. */
  void release() {
    List<Waiting> released;
    synchronized (this) {
      holding = false;
      released = List.copyOf(waiting);
      waiting.clear();
      released.forEach(one -> stored.add(one.record()));
    }
    released.forEach(one -> one.fate().settled(null));
  }

  /** From now on such records fail. */
  synchronized void refuse(Predicate<Stored> which) {
    refused = which;
  }

  @Override
  public void send(Topic topic, String key, byte[] value, Map<String, String> headers, Fate fate) {
    Stored record = new Stored(topic, key, new String(value, StandardCharsets.UTF_8), headers);
    boolean fails;
    synchronized (this) {
      sent++;
      fails = refused.test(record);
      if (!fails && holding) {
        waiting.add(new Waiting(record, fate));
        return;
      }
      if (!fails) {
        stored.add(record);
      }
    }
    fate.settled(fails ? new IllegalStateException("no leader") : null);
  }

  @Override
  public Health.Result readiness() {
    return Health.Result.up("a fake is always ready");
  }

  /** How often something was sent, whatever became of it. */
  synchronized int sent() {
    return sent;
  }

  synchronized int waiting() {
    return waiting.size();
  }

  synchronized List<Stored> stored(Topic topic) {
    return stored.stream().filter(record -> record.topic().equals(topic)).toList();
  }

  List<AlertSignal> alerts() {
    return stored(Topics.SIGNALS).stream()
        .map(Stored::signal)
        .filter(AlertSignal.class::isInstance)
        .map(AlertSignal.class::cast)
        .toList();
  }

  List<Heartbeat> heartbeats() {
    return stored(Topics.SIGNALS).stream()
        .map(Stored::signal)
        .filter(Heartbeat.class::isInstance)
        .map(Heartbeat.class::cast)
        .toList();
  }
}
