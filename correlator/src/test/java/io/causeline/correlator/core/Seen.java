package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.Relation;
import io.causeline.model.TopologyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An object as a test lets it be seen; each state is newer than the one built before. */
final class Seen {

  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final AtomicInteger VERSIONS = new AtomicInteger();

  private final EntityRef entity;
  private final Map<String, String> labels = new HashMap<>();
  private final Map<String, String> selector = new HashMap<>();
  private final Map<String, String> attributes = new HashMap<>();
  private final List<ObjectSnapshot.Edge> edges = new ArrayList<>();
  private String uid;
  private Instant created = NOON.minus(Duration.ofHours(2));
  private Instant at = NOON;

  private Seen(EntityRef entity) {
    this.entity = entity;
    this.uid = "uid-" + entity.name();
  }

  static Seen node(String name) {
    return new Seen(EntityRef.of("Node", null, name));
  }

  static Seen of(String kind, String name) {
    return new Seen(EntityRef.of(kind, "shop", name));
  }

  static Seen in(String namespace, String kind, String name) {
    return new Seen(EntityRef.of(kind, namespace, name));
  }

  static Seen global(String kind, String name) {
    return new Seen(EntityRef.of(kind, null, name));
  }

  Seen labels(String... keysAndValues) {
    put(labels, keysAndValues);
    return this;
  }

  Seen selector(String... keysAndValues) {
    put(selector, keysAndValues);
    return this;
  }

  Seen with(String... attributesAndValues) {
    put(attributes, attributesAndValues);
    return this;
  }

  Seen edge(Relation relation, EntityRef to) {
    edges.add(new ObjectSnapshot.Edge(relation, to));
    return this;
  }

  Seen on(String node) {
    return edge(Relation.RUNS_ON, EntityRef.of("Node", null, node));
  }

  Seen ownedBy(String kind, String name) {
    return edge(Relation.OWNED_BY, EntityRef.of(kind, entity.namespace(), name));
  }

  Seen created(Duration ago) {
    created = NOON.minus(ago);
    return this;
  }

  Seen uid(String other) {
    uid = other;
    return this;
  }

  /** Seconds after noon. */
  Seen at(int second) {
    at = NOON.plusSeconds(second);
    return this;
  }

  EntityRef entity() {
    return entity;
  }

  ObjectSnapshot snapshot() {
    return new ObjectSnapshot(
        "test",
        entity,
        uid,
        String.valueOf(VERSIONS.incrementAndGet()),
        1,
        at,
        created,
        null,
        labels,
        selector,
        attributes,
        edges);
  }

  TopologyRecord present() {
    return new TopologyRecord.Present(snapshot());
  }

  TopologyRecord gone(int second) {
    return new TopologyRecord.Gone("test", entity, uid, null, 1, NOON.plusSeconds(second));
  }

  private static void put(Map<String, String> map, String... keysAndValues) {
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
  }
}
