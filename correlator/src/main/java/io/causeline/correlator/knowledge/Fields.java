package io.causeline.correlator.knowledge;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.causeline.correlator.knowledge.PackFaults.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The keys of one mapping. What is not as it should be becomes a fault with its line, and the value
 * counts as absent, so that reading goes on and finds the next fault.
 */
public final class Fields {
  private static final java.util.regex.Pattern DURATION =
      java.util.regex.Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");

  private final Node node;
  private final Scope scope;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private Fields(Node node, Scope scope) {
    this.node = node;
    this.scope = scope;
  }

  /** The keys of a node; none, and a fault, where it is no mapping. */
  public static Fields of(Node node, Scope scope, Set<String> known) {
    Fields fields = new Fields(node, scope);
    if (!(node instanceof MappingNode mapping)) {
      scope.fault(node, "should be a mapping with keys of " + new TreeSet<>(known));
      return fields;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (!known.isEmpty() && !known.contains(key)) {
        scope.unknown(tuple.getKeyNode(), "key", key, new TreeSet<>(known));
      } else if (fields.values.put(key, tuple.getValueNode()) != null) {
        scope.fault(tuple.getKeyNode(), "key '" + key + "' is there twice");
      }
    }
    return fields;
  }

  /** The first key of a mapping; null where the node is none. */
  public static @Nullable String firstKey(Node node) {
    if (node instanceof MappingNode mapping
        && !mapping.getValue().isEmpty()
        && mapping.getValue().get(0).getKeyNode() instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    return null;
  }

  /** Whether it is a mapping with this key. */
  static boolean hasKey(Node node, String key) {
    return node instanceof MappingNode mapping
        && mapping.getValue().stream()
            .anyMatch(
                tuple ->
                    tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key));
  }

  /** The text of the first key of a mapping; null where there is none. */
  public static @Nullable String firstText(Node node) {
    return node instanceof MappingNode mapping
            && !mapping.getValue().isEmpty()
            && mapping.getValue().get(0).getValueNode() instanceof ScalarNode scalar
            && !scalar.getValue().isBlank()
        ? scalar.getValue()
        : null;
  }

  /** The mapping. */
  public Node node() {
    return node;
  }

  /** Where its faults go. */
  public Scope scope() {
    return scope;
  }

  /** Whether the key is there, with whatever value. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** The keys that are there and known. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** A fault at the value of a key; at the mapping where the key is absent. */
  public void fault(String key, String text) {
    scope.fault(values.getOrDefault(key, node), text);
  }

  /** A fault at the value of a key, which is none of the words that are known there. */
  public void unknown(String key, String what, String word, Collection<String> known) {
    scope.unknown(values.getOrDefault(key, node), what, word, known);
  }

  /** The value of a key; null where absent. */
  public @Nullable Node value(String key) {
    return values.get(key);
  }

  /** A text; null where absent or, with a fault, empty or no scalar. */
  public @Nullable String text(String key) {
    Node value = values.get(key);
    return value == null ? null : scalar(key, value);
  }

  /** A text, whose absence is a fault. */
  public @Nullable String required(String key) {
    if (!values.containsKey(key)) {
      scope.fault(node, key + " is missing");
    }
    return text(key);
  }

  /** A text or a list of texts. */
  public List<String> texts(String key) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Node each : value instanceof SequenceNode list ? list.getValue() : List.of(value)) {
      String text = scalar(key, each);
      if (text != null) {
        texts.add(text);
      }
    }
    if (value instanceof SequenceNode list && list.getValue().isEmpty()) {
      scope.fault(value, key + " is an empty list; leave it out or name something");
    }
    return texts;
  }

  /** The nodes of a list; none where absent. */
  public List<Node> list(String key) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof SequenceNode list) {
      return list.getValue();
    }
    scope.fault(value, key + " should be a list");
    return List.of();
  }

  /** A pattern that is found anywhere, in any case, over line ends. */
  @Nullable Pattern search(String key) {
    return pattern(key, key, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /** A mapping of names to patterns that match as a whole. */
  Map<String, Pattern> wholes(String key) {
    Node value = values.get(key);
    if (value == null) {
      return Map.of();
    }
    Fields fields = Fields.of(value, scope, Set.of());
    Map<String, Pattern> patterns = new LinkedHashMap<>();
    for (String name : fields.keys()) {
      Pattern pattern = fields.pattern(name, key + "." + name, Pattern.DOTALL);
      if (pattern != null) {
        patterns.put(name, pattern);
      }
    }
    return patterns;
  }

  /** A duration such as {@code 90s}, {@code 15m} or {@code 1h30m}. */
  public Duration duration(String key, Duration otherwise) {
    Duration duration = time(key);
    if (duration == null || duration.isZero()) {
      if (has(key)) {
        fault(key, key + quoted(key) + " is no duration: write 90s, 15m or 1h30m, more than zero");
      }
      return otherwise;
    }
    return duration;
  }

  /** A time after a start, such as {@code 0s} or {@code 1h30m}. */
  public Duration offset(String key, Duration otherwise) {
    Duration duration = time(key);
    if (duration == null) {
      if (has(key)) {
        fault(key, key + quoted(key) + " is no time after the start: write 0s, 90s, 15m or 1h30m");
      }
      return otherwise;
    }
    return duration;
  }

  private @Nullable Duration time(String key) {
    String text = values.get(key) instanceof ScalarNode scalar ? scalar.getValue() : "";
    java.util.regex.Matcher matcher = DURATION.matcher(text);
    return text.isEmpty() || !matcher.matches()
        ? null
        : Duration.ofHours(number(matcher.group(1)))
            .plusMinutes(number(matcher.group(2)))
            .plusSeconds(number(matcher.group(3)));
  }

  /** A whole number above zero. */
  public int count(String key, int otherwise) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[1-9]\\d{0,5}")) {
      fault(key, key + " '" + text + "' is no whole number from 1 to 999999");
      return otherwise;
    }
    return Integer.parseInt(text);
  }

  private String quoted(String key) {
    return values.get(key) instanceof ScalarNode scalar ? " '" + scalar.getValue() + "'" : "";
  }

  private @Nullable Pattern pattern(String key, String name, int flags) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    try {
      return Pattern.compile(text, flags);
    } catch (PatternSyntaxException e) {
      fault(key, name + " is no valid pattern: " + e.getMessage());
      return null;
    }
  }

  private @Nullable String scalar(String key, Node value) {
    if (!(value instanceof ScalarNode scalar)) {
      scope.fault(value, key + " should be a text");
      return null;
    }
    if (scalar.getValue().isBlank()) {
      scope.fault(value, key + " is empty");
      return null;
    }
    return scalar.getValue();
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
