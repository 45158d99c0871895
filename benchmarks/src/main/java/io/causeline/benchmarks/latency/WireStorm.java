package io.causeline.benchmarks.latency;

import io.causeline.benchmarks.storm.Storm;
import io.causeline.benchmarks.storm.StormShape;
import io.causeline.model.Json;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.Signal;
import io.causeline.model.Topics;
import io.causeline.model.TopologyRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * A storm as the bytes that go to Kafka, made before any clock runs: a collector would make them on
 * another machine. Immutable; takes some 600 bytes of memory for each signal.
 */
final class WireStorm {

  /** What one record holds; the part of its key before the first slash is the cluster. */
  static final class Entry {

    private final String key;
    private final byte[] value;

    private Entry(String key, byte[] value) {
      this.key = key;
      this.value = value;
    }

    String key() {
      return key;
    }

    /** Not a copy. */
    byte[] value() {
      return value;
    }
  }

  private final List<Entry> objects;
  private final List<Entry> opening;
  private final List<Entry> signals;

  private WireStorm(List<Entry> objects, List<Entry> opening, List<Entry> signals) {
    this.objects = List.copyOf(objects);
    this.opening = List.copyOf(opening);
    this.signals = List.copyOf(signals);
  }

  /** All of a storm. */
  static WireStorm of(StormShape shape) {
    Storm storm = new Storm(shape);
    List<Entry> objects = storm.objects().stream().map(WireStorm::entry).toList();
    List<Entry> opening = storm.opening().stream().map(WireStorm::entry).toList();
    List<Entry> signals = new ArrayList<>(storm.left());
    while (storm.left() > 0) {
      storm.next(1).forEach(signal -> signals.add(entry(signal)));
    }
    return new WireStorm(objects, opening, signals);
  }

  private static Entry entry(TopologyRecord object) {
    String key =
        object instanceof TopologyRecord.Present present
            ? key(present.snapshot())
            : object.cluster();
    return new Entry(key, Json.bytes(object));
  }

  private static String key(ObjectSnapshot snapshot) {
    return Topics.topologyKey(snapshot.cluster(), snapshot.entity());
  }

  private static Entry entry(Signal signal) {
    return new Entry(signal.cluster(), Json.bytes(signal));
  }

  /** The objects that are known before. */
  List<Entry> objects() {
    return objects;
  }

  /** What opens the incidents, after the objects. */
  List<Entry> opening() {
    return opening;
  }

  /** The storm itself. */
  List<Entry> signals() {
    return signals;
  }
}
