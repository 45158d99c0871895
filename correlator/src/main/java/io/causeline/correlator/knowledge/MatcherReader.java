package io.causeline.correlator.knowledge;

import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.correlator.knowledge.PackFaults.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the lines of evidence, symptoms, counter-evidence, recovery and event rules. */
final class MatcherReader {

  private static final Set<String> SUBJECTS = Set.of("event", "alert", "change", "state");
  private static final Map<String, Set<String>> OWN_KEYS =
      Map.of(
          "event", union(EventLines.RULE_KEYS, Set.of("within")),
          "alert", Set.of("alert", "on", "labels", "names"),
          "change", Set.of("change", "on", "where", "within", "namespace", "name"),
          "state", Set.of("state"));
  private static final Set<String> BENIGN_ALERT_KEYS = Set.of("alert", "on", "labels");
  private static final Set<String> SHARED_KEYS = Set.of("via", "weight", "group");
  private static final Set<String> KEYS =
      OWN_KEYS.values().stream().reduce(SHARED_KEYS, MatcherReader::union);

  private final EventLines events;

  /**
   * A reader.
   *
   * @param aliases names without the {@code @}, and the reasons that they stand for
   */
  MatcherReader(Map<String, List<String>> aliases) {
    this.events = new EventLines(aliases);
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
    return events.readRule(node, scope);
  }

  /** Reads the alerts of a benign rule. */
  static Matcher.OnAlert readBenignAlert(Node node, Scope scope) {
    return alert(Fields.of(node, scope, BENIGN_ALERT_KEYS), LineKeys.NONE);
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
      boolean shared = key.equals("via") || (role != Role.RECOVERY && SHARED_KEYS.contains(key));
      if (!shared && !OWN_KEYS.getOrDefault(subject, Set.of()).contains(key)) {
        fields.fault(key, "key '" + key + "' has no meaning for " + role(role) + " by " + subject);
      }
    }
    LineKeys keys = LineKeys.of(fields, role);
    return switch (subject) {
      case "event" -> events.read(fields, keys);
      case "alert" -> alert(fields, keys);
      case "change" -> ChangeLines.read(fields, keys);
      default -> ChangeLines.readState(fields, keys);
    };
  }

  private static Matcher.OnAlert alert(Fields fields, LineKeys keys) {
    return new Matcher.OnAlert(
        Set.copyOf(fields.texts("alert")),
        LineKeys.kinds(fields),
        fields.wholes("labels"),
        fields.text("names"),
        keys.via(),
        keys.weight(),
        keys.group(),
        fields.scope().source(fields.node()));
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
