package io.causeline.standalone.rules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.collector.normalise.EventNormaliser;
import io.causeline.model.EntityRef;
import io.causeline.model.Hashes;
import io.causeline.model.Json;
import io.causeline.model.KubernetesEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A story's Events as the API server stores them: one object for what repeats, its count rising.
 */
final class StoryEvents {

  /** So many of a line's repeats are seen at least, where it has them. */
  private static final int FEW = 8;

  /**
   * Beyond those a watch sees one so often: far more often than any silence is taken for an end.
   */
  private static final Duration SEEN_EVERY = Duration.ofMinutes(2);

  private final Map<String, Integer> counts = new HashMap<>();

  /** One state of an Event. */
  record State(Instant at, ObjectNode json) {}

  /**
   * The states that a line stands for, oldest first.
   *
   * @param uid of the object that it is about, where that is known
   */
  List<State> states(TestSignal.Event line, Instant start, @Nullable String uid) {
    String id = id(line);
    int before = counts.getOrDefault(id, 0);
    int count = line.count() > 0 ? line.count() : before + 1;
    counts.put(id, Math.max(count, before));
    Instant last = start.plus(line.at());
    Duration over = line.over();
    int repeats = count - before - 1;
    List<State> states = new ArrayList<>();
    if (over != null && repeats > 0) {
      int steps = Math.min(repeats, Math.max(FEW, (int) over.dividedBy(SEEN_EVERY)));
      for (int step = 0; step < steps; step++) {
        Instant at = last.minus(over.multipliedBy(steps - step).dividedBy(steps));
        int seen = before + 1 + (int) ((long) repeats * step / steps);
        states.add(new State(at, json(line, id, line.warning(), seen, at, uid)));
      }
    }
    states.add(new State(last, json(line, id, line.warning(), count, last, uid)));
    return states;
  }

  /** One Event alone, as the collector reads it. */
  static Optional<KubernetesEvent> single(TestSignal.Event line, boolean warning) {
    return EventNormaliser.normalise(
            Story.CLUSTER, json(line, id(line), warning, 1, Story.START, null), Story.START)
        .event();
  }

  private static String id(TestSignal.Event line) {
    EntityRef on = line.on();
    return Hashes.id(
        line.reason(),
        on == null ? "" : on.path(),
        line.message(),
        String.valueOf(line.warning()),
        String.valueOf(line.by()));
  }

  private static ObjectNode json(
      TestSignal.Event line,
      String id,
      boolean warning,
      int count,
      Instant at,
      @Nullable String uid) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("apiVersion", "v1").put("kind", "Event");
    EntityRef on = line.on();
    String namespace = on == null || on.namespace() == null ? "default" : on.namespace();
    event
        .putObject("metadata")
        .put("name", (on == null ? "cluster" : on.name()) + "." + id)
        .put("namespace", namespace)
        .put("uid", "event-" + id);
    if (on != null) {
      ObjectNode subject = event.putObject("involvedObject");
      subject.put("kind", on.kind()).put("name", on.name());
      put(subject, "namespace", on.namespace());
      put(subject, "uid", uid);
      String container = line.container();
      put(subject, "fieldPath", container == null ? null : "spec.containers{" + container + "}");
    }
    event.put("reason", line.reason());
    event.put("message", line.message());
    event.put("type", warning ? "Warning" : "Normal");
    event.put("count", count);
    event.put("lastTimestamp", Json.time(at));
    ObjectNode source = event.putObject("source");
    put(source, "component", line.by());
    put(source, "host", line.host());
    return event;
  }

  private static void put(ObjectNode object, String name, @Nullable String value) {
    if (value != null) {
      object.put(name, value);
    }
  }
}
