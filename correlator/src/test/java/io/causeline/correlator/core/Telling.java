package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.model.Command;
import io.causeline.model.Hashes;
import io.causeline.model.Incident;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Tells records to the core, in some order, over restarts, and looks at what comes of them. */
final class Telling {

  static final Knowledge KNOWLEDGE = KnowledgeLoader.builtIn();

  private ClusterCorrelator correlator =
      ClusterCorrelator.create(Scenario.CLUSTER, KNOWLEDGE, CoreSettings.defaults());
  private final Map<String, byte[]> store = new TreeMap<>();
  private final List<Incident> published = new ArrayList<>();
  private Instant last = Instant.EPOCH;

  static Telling of(List<Object> records) {
    return new Telling().tell(records);
  }

  Telling tell(List<Object> records) {
    records.forEach(this::tell);
    return this;
  }

  Telling tell(List<Object> records, Consumer<Telling> after) {
    for (Object record : records) {
      tell(record);
      after.accept(this);
    }
    return this;
  }

  void tell(Object record) {
    hear(record);
    publish();
  }

  /** Every record is applied and stored, and then all that was not stored is lost. */
  Telling tellToTheForgetful(List<Object> records) {
    for (Object record : records) {
      hear(record);
      restart();
    }
    return this;
  }

  private void hear(Object record) {
    Instant at = Story.seenAt(record);
    last = at.isAfter(last) ? at : last;
    if (record instanceof Signal signal) {
      correlator.apply(signal);
    } else {
      correlator.apply((TopologyRecord) record);
    }
  }

  Outcome command(Command command) {
    Outcome outcome = correlator.apply(command);
    publish();
    return outcome;
  }

  /** The clock runs on after the last record. */
  Telling rest(int seconds) {
    return restUntil(end().plusSeconds(seconds));
  }

  /** The clock runs on until then. */
  Telling restUntil(Instant end) {
    for (Instant at = end(); at.isBefore(end); at = at.plusSeconds(20)) {
      correlator.advanceTo(at);
      publish();
    }
    correlator.advanceTo(end);
    publish();
    return this;
  }

  /** The latest that was told. */
  Instant end() {
    return clock().isAfter(last) ? clock() : last;
  }

  private void publish() {
    published.addAll(correlator.publish());
  }

  /** Forgets all but what was stored. */
  void restart() {
    store();
    List<StateRecord> records = new ArrayList<>();
    store.forEach((key, value) -> records.add(new StateRecord(key, value)));
    correlator =
        ClusterCorrelator.restore(
            Scenario.CLUSTER,
            KNOWLEDGE,
            CoreSettings.defaults(),
            records,
            ClusterCorrelator.Snapshots.among(published));
    publish();
  }

  /** What is stored of it now. */
  Map<String, byte[]> store() {
    for (StateRecord record : correlator.takeWrites()) {
      byte[] value = record.value();
      if (value == null) {
        store.remove(record.key());
      } else {
        store.put(record.key(), value);
      }
    }
    return store;
  }

  long bytes() {
    return store().values().stream().mapToLong(value -> value.length).sum();
  }

  Instant clock() {
    return correlator.clock();
  }

  List<Incident> published() {
    return published;
  }

  List<Incident> all() {
    return correlator.incidents();
  }

  /** All but the merged ones. */
  List<Incident> incidents() {
    return correlator.incidents().stream()
        .filter(incident -> incident.state() != Incident.State.MERGED)
        .toList();
  }

  /** In an order that chance gives; what one record's place is depends on no other record. */
  static List<Object> shuffled(List<Object> records, long chance) {
    return records.stream()
        .sorted(Comparator.comparing((Object record) -> lot(record, chance)))
        .toList();
  }

  private static String lot(Object record, long chance) {
    return Hashes.id(String.valueOf(chance), record.toString());
  }

  /** Some come twice, some three times, at other times. */
  static List<Object> repeated(List<Object> records, long chance) {
    List<Object> out = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      out.add(records.get(i));
      int other = (int) Math.floorMod(lot(records.get(i), chance).hashCode(), (long) i + 1);
      out.add(records.get(other));
    }
    return out;
  }
}
