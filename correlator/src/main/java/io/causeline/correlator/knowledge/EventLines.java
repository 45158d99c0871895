package io.causeline.correlator.knowledge;

import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.PackFaults.Scope;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what lines and rules say of Kubernetes Events. */
final class EventLines {

  static final Set<String> RULE_KEYS =
      Set.of("event", "on", "message", "not", "type", "namespace", "name", "component");

  private static final String ANY = "@ANY";
  private static final Set<String> GROUPS = Set.of(Matcher.LOCUS_GROUP, Matcher.NAMESPACE_GROUP);

  private final Map<String, List<String>> aliases;

  /**
   * A reader.
   *
   * @param aliases names without the {@code @}, and the reasons that they stand for
   */
  EventLines(Map<String, List<String>> aliases) {
    this.aliases = aliases;
  }

  /** Reads the events of a rule. */
  Matcher.@Nullable OnEvent readRule(Node node, Scope scope) {
    Matcher.OnEvent events = read(Fields.of(node, scope, RULE_KEYS), LineKeys.NONE);
    if (events != null && events.namesPlace()) {
      scope.fault(node, "a rule has no place for the group 'locus' to name");
    }
    return events;
  }

  Matcher.@Nullable OnEvent read(Fields fields, LineKeys keys) {
    if (!fields.has("event")) {
      fields.scope().fault(fields.node(), "event is missing; any reason is written \"@ANY\"");
      return null;
    }
    Set<String> kinds = LineKeys.kinds(fields);
    Pattern message = fields.search("message");
    Pattern not = fields.search("not");
    Pattern namespace = fields.search("namespace");
    Pattern name = fields.search("name");
    Pattern component = fields.search("component");
    List<String> words = fields.texts("event");
    Set<String> reasons = reasons(fields, words);
    if (message != null) {
      checkGroups(fields, message.namedGroups().keySet());
    }
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
        fields.has("within") ? fields.duration("within", Duration.ZERO) : null,
        keys.via(),
        keys.weight(),
        keys.group(),
        fields.scope().source(fields.node()));
  }

  private static void checkGroups(Fields fields, Set<String> groups) {
    for (String group : groups) {
      if (!GROUPS.contains(group)) {
        fields.fault("message", "unknown group '" + group + "'; known are 'locus' and 'namespace'");
      }
    }
    if (groups.contains(Matcher.NAMESPACE_GROUP) && !groups.contains(Matcher.LOCUS_GROUP)) {
      fields.fault("message", "the group 'namespace' needs a group 'locus' that it belongs to");
    }
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
        fields.fault(
            "event",
            "unknown alias '"
                + word
                + "'; an entry '- alias:' would define it"
                + DidYouMean.hint(word.substring(1), aliases.keySet()));
      } else {
        reasons.add(word.toLowerCase(Locale.ROOT));
      }
    }
    return reasons;
  }

  private static @Nullable Boolean warning(Fields fields) {
    String type = fields.text("type");
    if (type != null && !type.equals("Warning") && !type.equals("Normal")) {
      fields.fault("type", "unknown type '" + type + "'; known are Warning and Normal");
    }
    return type == null ? null : type.equals("Warning");
  }
}
