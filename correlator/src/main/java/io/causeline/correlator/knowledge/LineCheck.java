package io.causeline.correlator.knowledge;

import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.ImpossiblePattern.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is wrong with lines that can be read and yet say nothing, or say it twice. */
final class LineCheck {

  /** Kinds without a namespace: a pattern for it never finds anything. */
  private static final Set<String> WITHOUT_NAMESPACE =
      Set.of("Node", "Namespace", "PersistentVolume", "IngressClass", "Cluster");

  private static final String PATTERN_CHARACTERS = "|*+?()[]{}^$\\";

  private final PackFaults.Scope scope;

  private LineCheck(PackFaults.Scope scope) {
    this.scope = scope;
  }

  /** Checks the lines of a cause. */
  static void check(Cause cause, PackFaults faults) {
    LineCheck check = new LineCheck(new PackFaults.Scope(faults, "", "cause '" + cause.id() + "'"));
    Map<String, List<Matcher>> roles = new LinkedHashMap<>();
    roles.put("evidence", cause.evidence());
    roles.put("symptoms", cause.symptoms());
    roles.put("against", cause.against());
    roles.put("recovery", cause.recovery());
    Map<LineKey, String> supporting = new HashMap<>();
    roles.forEach(
        (role, lines) -> {
          boolean supports = role.equals("evidence") || role.equals("symptoms");
          Map<LineKey, String> seen = supports ? supporting : new HashMap<>();
          for (Matcher line : lines) {
            String first = seen.putIfAbsent(LineKey.of(line), line.source());
            if (first != null) {
              check.scope.fault(
                  line.source(),
                  "this line is listed twice, first at "
                      + first
                      + ": it would count one fact twice");
            }
            check.line(line);
          }
        });
  }

  /** Checks the events of a rule. */
  static void check(EventRule rule, PackFaults faults) {
    new LineCheck(
            new PackFaults.Scope(
                faults, "", "rule '" + (rule.benign() ? "benign" : "events") + "'"))
        .event(rule.matcher());
  }

  private void line(Matcher line) {
    if (line instanceof Matcher.OnEvent event) {
      event(event);
    } else if (line instanceof Matcher.OnAlert alert) {
      kinds(alert.kinds(), alert.source());
      words(alert.names(), "alert", alert.source());
      alert.labels().forEach((label, pattern) -> pattern(pattern, "labels." + label, alert));
    } else if (line instanceof Matcher.OnChange change) {
      kinds(change.kinds(), change.source());
      pattern(change.name(), "name", change);
      pattern(change.namespace(), "namespace", change);
      change.where().forEach((name, pattern) -> where(name, pattern, change));
    }
  }

  private void event(Matcher.OnEvent event) {
    kinds(event.kinds(), event.source());
    words(event.reasons(), "event", event.source());
    pattern(event.message(), "message", event);
    pattern(event.name(), "name", event);
    pattern(event.namespace(), "namespace", event);
    pattern(event.component(), "component", event);
    if (event.namespace() != null
        && !event.kinds().isEmpty()
        && WITHOUT_NAMESPACE.containsAll(event.kinds())) {
      scope.fault(
          event.source(),
          "can never match: " + event.kinds() + " lies in no namespace; leave 'namespace' out");
    }
    Pattern not = event.not();
    if (not != null && not.matches("")) {
      scope.fault(
          event.source(),
          "can never match: 'not' finds the empty text, so it excludes every event");
    } else if (not != null && event.message() != null && excludes(not, event.message())) {
      scope.fault(
          event.source(), "can never match: 'not' excludes everything that 'message' finds");
    }
  }

  /** A message that is nothing but words, and each of them excluded. */
  private static boolean excludes(Pattern not, Pattern message) {
    String text = message.pattern();
    return text.equals(not.pattern())
        || (text.chars().noneMatch(c -> "*+?()[]{}^$\\.".indexOf(c) >= 0)
            && List.of(text.split("\\|", -1)).stream()
                .allMatch(words -> !words.isEmpty() && not.matcher(words).find()));
  }

  private void pattern(@Nullable Pattern pattern, String key, Matcher line) {
    boolean name = key.equals("name") || key.equals("namespace");
    String why = ImpossiblePattern.why(pattern, name ? Subject.NAME : Subject.MESSAGE);
    if (pattern != null && why != null) {
      scope.fault(
          line.source(),
          "pattern can never match: " + key + " '" + pattern.pattern() + "': " + why);
    }
  }

  private void where(String attribute, Pattern pattern, Matcher.OnChange change) {
    Set<String> known = ChangeAttributes.of(change.change());
    if (known != null && !known.contains(attribute) && !pattern.matches("")) {
      scope.fault(
          change.source(),
          "can never match: "
              + change.change().word()
              + " has no attribute '"
              + attribute
              + "'; it has "
              + (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known)))
              + DidYouMean.hint(attribute, known));
      return;
    }
    Set<String> values = ChangeAttributes.values(change.change(), attribute);
    if (values != null && values.stream().noneMatch(pattern::matches) && !pattern.matches("")) {
      scope.fault(
          change.source(),
          "pattern can never match: "
              + attribute
              + " is one of "
              + String.join(", ", new TreeSet<>(values))
              + ", written so"
              + DidYouMean.hint(pattern.pattern(), values));
      return;
    }
    pattern(pattern, "where." + attribute, change);
  }

  private void kinds(Set<String> kinds, String source) {
    for (String kind : kinds.stream().sorted().toList()) {
      String hint = KnownKinds.hint(kind);
      if (!hint.isEmpty()) {
        scope.fault(source, "can hardly match: nothing is known of a kind '" + kind + "'" + hint);
      }
    }
  }

  private void words(Set<String> words, String key, String source) {
    List<String> patterns = new ArrayList<>();
    for (String word : words.stream().sorted().toList()) {
      if (word.chars().anyMatch(c -> PATTERN_CHARACTERS.indexOf(c) >= 0)) {
        patterns.add(word);
      }
    }
    if (!patterns.isEmpty()) {
      scope.fault(
          source,
          "can never match: "
              + key
              + " takes names, not patterns, but '"
              + patterns.get(0)
              + "' is one; write a list of names"
              + (key.equals("event") ? ", or \"@ANY\" with a message" : ""));
    }
  }
}
