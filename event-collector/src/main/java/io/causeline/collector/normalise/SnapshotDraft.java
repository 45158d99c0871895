package io.causeline.collector.normalise;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Edge;
import io.causeline.model.Relation;
import io.causeline.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot while it is put together. It keeps the whole below the largest record, so that no
 * object, however large, can stop the feed; what does not fit is told, never dropped in silence.
 */
final class SnapshotDraft {

  private static final int MAX_ATTRIBUTE_BYTES = 16 * 1024;
  private static final int MAX_LABELS_BYTES = 64 * 1024;
  private static final int MAX_EDGES_BYTES = 512 * 1024;
  private static final int EDGE_OVERHEAD = 80;

  private static final Comparator<Edge> ORDER =
      Comparator.comparing(Edge::relation).thenComparing(Edge::to);

  private final EntityRef entity;
  private final Consumer<String> losses;
  private final Map<String, String> attributes = new HashMap<>();
  private final TreeSet<Edge> edges = new TreeSet<>(ORDER);
  private int edgeBytes;
  private int edgesLost;
  private Map<String, String> labels = Map.of();
  private Map<String, String> selector = Map.of();

  SnapshotDraft(EntityRef entity, Consumer<String> losses) {
    this.entity = entity;
    this.losses = losses;
  }

  @Nullable String namespace() {
    return entity.namespace();
  }

  void labels(JsonNode map) {
    labels = Fields.strings(map, MAX_LABELS_BYTES, losses, "labels");
  }

  void selector(JsonNode map) {
    selector = Fields.strings(map, MAX_LABELS_BYTES, losses, "selector");
  }

  /** Sets an attribute unless it is empty. */
  void attribute(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      attributes.put(name, Text.label(value));
    }
  }

  void attribute(String name, int value) {
    attributes.put(name, Integer.toString(value));
  }

  /** Sets an attribute to a list, joined by commas in the order given, unless it is empty. */
  void list(String name, Collection<String> values) {
    String joined =
        values.stream()
            .map(value -> Text.label(value).replace(',', ' '))
            .filter(value -> !value.isEmpty())
            .distinct()
            .collect(Collectors.joining(","));
    String cut = Text.cut(joined, MAX_ATTRIBUTE_BYTES);
    if (cut.length() < joined.length()) {
      losses.accept(name + ": " + joined.length() + " characters did not fit");
    }
    if (!cut.isEmpty()) {
      attributes.put(name, cut);
    }
  }

  /** Adds an edge to an object; nothing without a name. */
  void edge(Relation relation, String kind, @Nullable String namespace, String name) {
    Entities.of(kind, namespace, name).ifPresent(to -> edge(relation, to));
  }

  void edge(Relation relation, EntityRef to) {
    Edge edge = new Edge(relation, to);
    if (edges.contains(edge)) {
      return;
    }
    int size = EDGE_OVERHEAD + Fields.utf8Length(to.path());
    if (edgeBytes + size > MAX_EDGES_BYTES) {
      edgesLost++;
      return;
    }
    edgeBytes += size;
    edges.add(edge);
  }

  /** The controlling owner. */
  void owner(JsonNode metadata) {
    for (JsonNode reference : metadata.path("ownerReferences")) {
      if (reference.path("controller").asBoolean(false)) {
        // An owner's reference has no namespace: it is the owned object's, or the owner has none.
        edge(
            Relation.OWNED_BY,
            Fields.raw(reference, "kind"),
            namespace(),
            Fields.raw(reference, "name"));
        return;
      }
    }
  }

  ObjectSnapshot build(String cluster, JsonNode metadata, long epoch, Instant observedAt) {
    if (edgesLost > 0) {
      losses.accept("edges: " + edgesLost + " of " + (edges.size() + edgesLost) + " did not fit");
    }
    List<Edge> sorted = new ArrayList<>(edges);
    return new ObjectSnapshot(
        cluster,
        entity,
        Fields.label(metadata, "uid"),
        Fields.label(metadata, "resourceVersion"),
        epoch,
        observedAt,
        Fields.time(metadata, "creationTimestamp"),
        Fields.time(metadata, "deletionTimestamp"),
        labels,
        selector,
        attributes,
        sorted);
  }
}
