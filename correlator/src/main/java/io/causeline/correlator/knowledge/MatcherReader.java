package io.causeline.correlator.knowledge;

import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.correlator.knowledge.PackFaults.Scope;
import io.causeline.model.Relation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the lines of evidence, symptoms, counter-evidence, recovery and event rules. */
final class MatcherReader {
  private static final Duration WITHIN = Duration.ofMinutes(15);
  private static final int MAX_PATH = 4;
  private static final String ANY = "@ANY";

  private static final Set<String> EVENT_KEYS =
      Set.of("event", "on", "message", "not", "type", "namespace", "name", "component");
  private static final Set<String> KEYS =
      Set.of(
          "event",
          "alert",
          "change",
          "state",
          "on",
          "message",
          "not",
          "type",
          "namespace",
          "name",
          "component",
          "labels",
          "where",
          "within",
          "via",
          "weight",
          "group");
  private static final Set<String> SUBJECTS = Set.of("event", "alert", "change", "state");
  private static final Map<String, Set<String>> OWN_KEYS =
      Map.of(
          "event", union(EVENT_KEYS, Set.of("within")),
          "alert", Set.of("alert", "on", "labels"),
          "change", Set.of("change", "on", "where", "within"),
          "state", Set.of("state"));

  private final Map<String, List<String>> aliases;

  /**
   * A reader.
   *
   * @param aliases names without the {@code @}, and the reasons that they stand for
   */
  MatcherReader(Map<String, List<String>> aliases) {
    this.aliases = aliases;
  }

  /** Reads the lines under a role's key. */
  List<Matcher> read(List<Node> nodes, Scope scope, Role role) {
    List<Matcher> matchers = new ArrayList<>();
    for (Node node : nodes) {
      Matcher matcher = read(node, scope, role);
      if (matcher != null) {
        matchers.add(matcher);
      }
    }
    return matchers;
  }

  /** Reads the events of a rule. */
  Matcher.@Nullable OnEvent readRule(Node node, Scope scope) {
    Fields fields = Fields.of(node, scope, EVENT_KEYS);
    return event(fields, List.of(), Weight.WEAK, null);
  }

  private @Nullable Matcher read(Node node, Scope scope, Role role) {
    Fields fields = Fields.of(node, scope, KEYS);
    List<String> subjects = fields.keys().stream().filter(SUBJECTS::contains).toList();
    if (subjects.size() != 1) {
      scope.fault(
          node,
          subjects.isEmpty()
              ? "an empty line: it needs one of event, alert, change or state"
              : "one line speaks of one thing, not of " + String.join(" and ", subjects));
      return null;
    }
    String subject = subjects.get(0);
    for (String key : fields.keys()) {
      boolean shared =
          key.equals("via")
              || (role != Role.RECOVERY && (key.equals("weight") || key.equals("group")));
      if (!shared && !OWN_KEYS.getOrDefault(subject, Set.of()).contains(key)) {
        fields.fault(key, "key '" + key + "' has no meaning for " + role(role) + " by " + subject);
      }
    }
    List<Relation> via = via(fields);
    Weight weight = weight(fields, role);
    String group = fields.text("group");
    return switch (subject) {
      case "event" -> event(fields, via, weight, group);
      case "alert" ->
          new Matcher.OnAlert(
              Set.copyOf(fields.texts("alert")),
              kinds(fields),
              fields.wholes("labels"),
              via,
              weight,
              group,
              scope.source(node));
      case "change" -> change(fields, via, weight, group);
      default -> state(fields, via, weight, group);
    };
  }

  private Matcher.@Nullable OnEvent event(
      Fields fields, List<Relation> via, Weight weight, @Nullable String group) {
    if (!fields.has("event")) {
      fields.scope().fault(fields.node(), "event is missing; any reason is written \"@ANY\"");
      return null;
    }
    Set<String> kinds = kinds(fields);
    Pattern message = fields.search("message");
    Pattern not = fields.search("not");
    Pattern namespace = fields.search("namespace");
    Pattern name = fields.search("name");
    Pattern component = fields.search("component");
    List<String> words = fields.texts("event");
    Set<String> reasons = reasons(fields, words);
    if (words.contains(ANY) && message == null && name == null && component == null) {
      fields.fault(
          "event", "would match every event: give a reason, or message, name or component");
      return null;
    }
    if (reasons.isEmpty() && !words.contains(ANY)) {
      return null;
    }
    return new Matcher.OnEvent(
        reasons,
        kinds,
        warning(fields),
        message,
        not,
        namespace,
        name,
        component,
        fields.has("within") ? fields.duration("within", WITHIN) : null,
        via,
        weight,
        group,
        fields.scope().source(fields.node()));
  }

  private static @Nullable Matcher change(
      Fields fields, List<Relation> via, Weight weight, @Nullable String group) {
    String word = fields.text("change");
    Optional<ChangeKind> kind = word == null ? Optional.empty() : ChangeKind.ofWord(word);
    if (kind.isEmpty()) {
      if (word != null) {
        String known =
            Arrays.stream(ChangeKind.values())
                .map(ChangeKind::word)
                .collect(Collectors.joining(", "));
        fields.fault("change", "unknown change '" + word + "'; known are " + known);
      }
      return null;
    }
    return new Matcher.OnChange(
        kind.get(),
        kinds(fields),
        fields.wholes("where"),
        fields.duration("within", WITHIN),
        via,
        weight,
        group,
        fields.scope().source(fields.node()));
  }

  private static @Nullable Matcher state(
      Fields fields, List<Relation> via, Weight weight, @Nullable String group) {
    String word = fields.text("state");
    Optional<StateKind> kind = word == null ? Optional.empty() : StateKind.ofWord(word);
    if (kind.isEmpty()) {
      if (word != null) {
        String known =
            Arrays.stream(StateKind.values())
                .map(StateKind::word)
                .collect(Collectors.joining(", "));
        fields.fault("state", "unknown state '" + word + "'; known are " + known);
      }
      return null;
    }
    return new Matcher.OnState(
        kind.get(), via, weight, group, fields.scope().source(fields.node()));
  }

  private Set<String> reasons(Fields fields, List<String> words) {
    Set<String> reasons = new LinkedHashSet<>();
    if (words.contains(ANY)) {
      return reasons;
    }
    for (String word : words) {
      List<String> alias = word.startsWith("@") ? aliases.get(word.substring(1)) : null;
      if (alias != null) {
        alias.forEach(reason -> reasons.add(reason.toLowerCase(Locale.ROOT)));
      } else if (word.startsWith("@")) {
        fields.fault("event", "unknown alias '" + word + "'; an entry '- alias:' would define it");
      } else {
        reasons.add(word.toLowerCase(Locale.ROOT));
      }
    }
    return reasons;
  }

  private static Set<String> kinds(Fields fields) {
    Set<String> kinds = new LinkedHashSet<>();
    for (String kind : fields.texts("on")) {
      if (!kind.matches("[A-Z][A-Za-z0-9]*")) {
        fields.fault("on", "'" + kind + "' is no kind: kinds are written as Pod or ReplicaSet");
      }
      kinds.add(kind);
    }
    return kinds;
  }

  private static @Nullable Boolean warning(Fields fields) {
    String type = fields.text("type");
    if (type != null && !type.equals("Warning") && !type.equals("Normal")) {
      fields.fault("type", "unknown type '" + type + "'; known are Warning and Normal");
    }
    return type == null ? null : type.equals("Warning");
  }

  private static List<Relation> via(Fields fields) {
    String text = fields.text("via");
    if (text == null) {
      return List.of();
    }
    List<Relation> path = new ArrayList<>();
    for (String word : text.split("/", -1)) {
      Optional<Relation> relation =
          Arrays.stream(Relation.values()).filter(r -> r.word().equals(word)).findFirst();
      if (relation.isEmpty()) {
        String known =
            Arrays.stream(Relation.values()).map(Relation::word).collect(Collectors.joining(", "));
        fields.fault("via", "unknown relation '" + word + "' in via; known are " + known);
      }
      relation.ifPresent(path::add);
    }
    if (path.size() > MAX_PATH) {
      fields.fault("via", "via is longer than " + MAX_PATH + " relations");
    }
    return path;
  }

  private static Weight weight(Fields fields, Role role) {
    Weight otherwise =
        switch (role) {
          case EVIDENCE -> Weight.MEDIUM;
          case SYMPTOM, RECOVERY -> Weight.WEAK;
          case AGAINST -> Weight.VETO;
        };
    String word = fields.text("weight");
    if (word == null) {
      return otherwise;
    }
    for (Weight weight : Weight.values()) {
      boolean allowed = weight != Weight.VETO || role == Role.AGAINST;
      if (allowed && weight.name().toLowerCase(Locale.ROOT).equals(word)) {
        return weight;
      }
    }
    fields.fault(
        "weight",
        "unknown weight '"
            + word
            + "'; known are strong, medium and weak, and veto for counter-evidence");
    return otherwise;
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return Set.copyOf(all);
  }

  private static String role(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
