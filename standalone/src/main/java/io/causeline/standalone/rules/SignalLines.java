package io.causeline.standalone.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.collector.normalise.WatchedKind;
import io.causeline.correlator.knowledge.DidYouMean;
import io.causeline.correlator.knowledge.Fields;
import io.causeline.correlator.knowledge.PackFaults.Scope;
import io.causeline.correlator.knowledge.YamlJson;
import io.causeline.model.EntityRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the signals and objects of one test. */
final class SignalLines {

  /** Keys of a sample. */
  static final Set<String> SAMPLE_KEYS =
      Set.of("event", "on", "message", "type", "namespace", "name", "by");

  private static final Set<String> SUBJECTS =
      Set.of("event", "alert", "resolved", "object", "gone");
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "event",
          Set.of(
              "at", "event", "on", "message", "type", "count", "over", "by", "host", "container"),
          "alert",
          Set.of("at", "alert", "severity", "labels", "summary", "description"),
          "resolved",
          Set.of("at", "resolved", "severity", "labels"),
          "object",
          Set.of("at", "object"),
          "gone",
          Set.of("at", "gone"));

  private final Scope scope;
  private final List<TestSignal> signals = new ArrayList<>();

  SignalLines(Scope scope) {
    this.scope = scope;
  }

  /** Reads signals, in the order of the file. */
  List<TestSignal> signals(List<Node> nodes) {
    for (Node node : nodes) {
      TestSignal signal = signal(node);
      if (signal != null) {
        signals.add(signal);
      }
    }
    return List.copyOf(signals);
  }

  /** Reads objects. */
  List<ObjectNode> objects(List<Node> nodes) {
    List<ObjectNode> objects = new ArrayList<>();
    for (Node node : nodes) {
      ObjectNode object = object(node);
      if (object != null) {
        objects.add(object);
      }
    }
    return List.copyOf(objects);
  }

  private @Nullable TestSignal signal(Node node) {
    List<String> subjects = keys(node).stream().filter(SUBJECTS::contains).toList();
    if (subjects.size() != 1) {
      scope.fault(
          node,
          subjects.isEmpty()
              ? "a signal is one of event, alert, resolved, object or gone"
              : "a signal is one thing, not " + String.join(" and ", subjects));
      return null;
    }
    String subject = subjects.get(0);
    Fields fields = Fields.of(node, scope, KEYS.getOrDefault(subject, Set.of()));
    if (!fields.has("at")) {
      scope.fault(node, "at is missing: how long after the start, such as 0s or 90s");
    }
    Duration at = fields.offset("at", Duration.ZERO);
    return switch (subject) {
      case "event" -> event(fields, at);
      case "alert" -> alert(fields, at);
      case "resolved" -> resolved(fields, at);
      case "object" -> {
        Node value = fields.value("object");
        ObjectNode object = value == null ? null : object(value);
        yield object == null ? null : new TestSignal.Present(at, object);
      }
      default -> {
        EntityRef gone = place(fields, "gone");
        yield gone == null ? null : new TestSignal.Gone(at, gone);
      }
    };
  }

  private static TestSignal.@Nullable Event event(Fields fields, Duration at) {
    String reason = fields.text("event");
    EntityRef on = fields.has("on") ? place(fields, "on") : null;
    String message = message(fields);
    if (reason == null || message == null) {
      return null;
    }
    Duration over = fields.has("over") ? fields.duration("over", Duration.ofMinutes(1)) : null;
    int count = fields.count("count", 0);
    if (over != null && count < 2) {
      fields.fault("over", "over needs a count of at least 2: it says since when they came");
    }
    return new TestSignal.Event(
        at,
        reason,
        on,
        message,
        warning(fields),
        count,
        over,
        fields.text("by"),
        fields.text("host"),
        fields.text("container"));
  }

  /** The event of a sample; null where it cannot be one. */
  static TestSignal.@Nullable Event sample(Fields fields) {
    String reason = fields.required("event");
    String kind = fields.required("on");
    String message = message(fields);
    if (reason == null || kind == null || message == null) {
      return null;
    }
    String name = fields.text("name");
    return new TestSignal.Event(
        Duration.ZERO,
        reason,
        EntityRef.of(kind, fields.text("namespace"), name == null ? "some" : name),
        message,
        warning(fields),
        1,
        null,
        fields.text("by"),
        null,
        null);
  }

  /** Emitters may say nothing at all. */
  private static @Nullable String message(Fields fields) {
    boolean none =
        fields.value("message") instanceof ScalarNode scalar && scalar.getValue().isBlank();
    return none || !fields.has("message") ? "" : fields.text("message");
  }

  private static boolean warning(Fields fields) {
    String type = fields.text("type");
    if (type != null && !type.equals("Warning") && !type.equals("Normal")) {
      fields.fault("type", "unknown type '" + type + "'; known are Warning and Normal");
    }
    return !"Normal".equals(type);
  }

  private static @Nullable TestSignal alert(Fields fields, Duration at) {
    String name = fields.text("alert");
    if (name == null) {
      return null;
    }
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("alertname", name);
    String severity = fields.text("severity");
    labels.put("severity", severity == null ? "warning" : severity);
    labels.putAll(labels(fields));
    Map<String, String> annotations = new LinkedHashMap<>();
    for (String key : List.of("summary", "description")) {
      String text = fields.text(key);
      if (text != null) {
        annotations.put(key, text);
      }
    }
    return new TestSignal.Alert(at, true, labels, annotations);
  }

  /** What is over began as another line says; its labels may be told in part. */
  private @Nullable TestSignal resolved(Fields fields, Duration at) {
    String name = fields.text("resolved");
    if (name == null) {
      return null;
    }
    Map<String, String> told = labels(fields);
    Set<TestSignal.Alert> fired = new LinkedHashSet<>();
    Set<Map<String, String>> all = new LinkedHashSet<>();
    for (TestSignal signal : signals) {
      if (signal instanceof TestSignal.Alert alert
          && alert.firing()
          && name.equals(alert.labels().get("alertname"))
          && alert.labels().entrySet().containsAll(told.entrySet())
          && all.add(alert.labels())) {
        fired.add(alert);
      }
    }
    if (fired.size() != 1) {
      fields.fault(
          "resolved",
          fired.isEmpty()
              ? "no line before it lets an alert '" + name + "' with these labels fire"
              : fired.size() + " alerts '" + name + "' fire before it: its labels must tell which");
      return null;
    }
    TestSignal.Alert began = fired.iterator().next();
    return new TestSignal.Alert(at, false, began.labels(), began.annotations());
  }

  private static Map<String, String> labels(Fields fields) {
    Node value = fields.value("labels");
    if (value == null) {
      return Map.of();
    }
    Fields labels = Fields.of(value, fields.scope(), Set.of());
    Map<String, String> all = new LinkedHashMap<>();
    for (String label : labels.keys()) {
      String text = labels.text(label);
      if (text != null) {
        all.put(label, text);
      }
    }
    return all;
  }

  private @Nullable ObjectNode object(Node node) {
    Fields fields = Fields.of(node, scope, Set.of());
    String kind = fields.required("kind");
    if (kind == null || !(YamlJson.of(node) instanceof ObjectNode object)) {
      return null;
    }
    WatchedKind known = WatchedKind.ofKind(kind).orElse(null);
    if (known == null) {
      List<String> kinds = Arrays.stream(WatchedKind.values()).map(WatchedKind::kind).toList();
      fields.fault(
          "kind",
          "objects of kind '"
              + kind
              + "' are not observed; observed are "
              + String.join(", ", kinds)
              + DidYouMean.hint(kind, kinds));
      return null;
    }
    boolean named = object.path("metadata").hasNonNull("name");
    boolean placed = object.path("metadata").hasNonNull("namespace");
    if (!named || placed != known.namespaced()) {
      scope.fault(
          node,
          "a "
              + kind
              + (named
                  ? (placed ? " lies in no namespace" : " needs metadata.namespace")
                  : " needs metadata.name"));
      return null;
    }
    return object;
  }

  /** An object that a key names; null, with a fault, where it does not. */
  static @Nullable EntityRef place(Fields fields, String key) {
    String text = fields.required(key);
    if (text == null) {
      return null;
    }
    try {
      return Places.parse(text);
    } catch (IllegalArgumentException e) {
      fields.fault(key, key + " " + e.getMessage());
      return null;
    }
  }

  private static List<String> keys(Node node) {
    List<String> keys = new ArrayList<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode scalar) {
          keys.add(scalar.getValue());
        }
      }
    }
    return keys;
  }
}
