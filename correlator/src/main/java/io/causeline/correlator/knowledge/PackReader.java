package io.causeline.correlator.knowledge;

import io.causeline.correlator.knowledge.PackFaults.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads packs of one origin, built-in or a user's. First all aliases, since any pack may use them;
 * then causes and event rules.
 */
final class PackReader {
  private static final Set<String> ENTRIES =
      Set.of("cause", "alias", "events", "benign", "respelled");
  private static final Set<String> OPENS = Set.of("count", "after");

  private final PackFaults faults;
  private final Map<PackSource, List<Node>> documents = new LinkedHashMap<>();
  private final Map<String, List<String>> aliases = new LinkedHashMap<>();
  private final Map<String, Cause> causes = new LinkedHashMap<>();
  private final List<EventRule> rules = new ArrayList<>();
  private final List<Matcher.OnAlert> benignAlerts = new ArrayList<>();
  private final List<ChangeRule> changeRules = new ArrayList<>();
  private final List<Respelling> respellings = new ArrayList<>();

  PackReader(List<PackSource> sources, PackFaults faults) {
    this.faults = faults;
    for (PackSource source : sources) {
      documents.put(source, PackDocument.entries(source, faults));
    }
    documents.forEach(
        (source, entries) -> {
          Scope scope = new Scope(faults, source.label(), "");
          entries.forEach(entry -> readAlias(entry, scope));
        });
  }

  /** The reasons behind each alias of these packs. */
  Map<String, List<String>> aliases() {
    return aliases;
  }

  /** The causes of these packs, once read. */
  Map<String, Cause> causes() {
    return causes;
  }

  /** The alerts of these packs that open nothing, once read. */
  List<Matcher.OnAlert> benignAlerts() {
    return benignAlerts;
  }

  /** The rules of these packs, once read, in their order. */
  List<EventRule> rules() {
    return rules;
  }

  /** The rules of these packs that speak of changes, once read, in their order. */
  List<ChangeRule> changeRules() {
    return changeRules;
  }

  /** The respellings of these packs, once read, in their order. */
  List<Respelling> respellings() {
    return respellings;
  }

  /** Reads causes and rules with these aliases. */
  void read(Map<String, List<String>> allAliases) {
    MatcherReader matchers = new MatcherReader(allAliases);
    CauseReader causeReader = new CauseReader(matchers);
    Set<String> seen = new HashSet<>();
    documents.forEach(
        (source, entries) -> {
          Scope scope = new Scope(faults, source.label(), "");
          for (Node entry : entries) {
            String kind = Fields.firstKey(entry);
            if (kind == null || !ENTRIES.contains(kind)) {
              scope.fault(
                  entry,
                  "an entry begins with 'cause', 'alias', 'events', 'benign' or 'respelled'"
                      + (kind == null ? "" : ", not with '" + kind + "'"));
            } else if (kind.equals("cause")) {
              readCause(entry, scope, causeReader, seen);
            } else if (kind.equals("respelled")) {
              readRespelling(entry, scope, matchers);
            } else if (!kind.equals("alias")) {
              readRule(entry, scope, kind, matchers);
            }
          }
        });
  }

  private void readAlias(Node entry, Scope scope) {
    if (!"alias".equals(Fields.firstKey(entry))) {
      return;
    }
    Fields fields = Fields.of(entry, scope, Set.of("alias", "reasons"));
    String name = fields.text("alias");
    if (name == null) {
      return;
    }
    if (!name.matches("[A-Z][A-Z0-9_]*") || name.equals("ANY")) {
      fields.fault("alias", "alias '" + name + "': write it as LB_SYNC_FAIL, and not ANY");
    }
    if (!fields.has("reasons")) {
      scope.fault(entry, "alias '" + name + "': reasons is missing");
    }
    if (aliases.put(name, fields.texts("reasons")) != null) {
      fields.fault("alias", "alias '" + name + "' is there twice");
    }
  }

  private void readCause(Node entry, Scope scope, CauseReader reader, Set<String> seen) {
    String name = Fields.firstText(entry);
    if (name == null) {
      scope.fault(entry, "cause has no id");
      return;
    }
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      scope.fault(entry, "cause '" + name + "': an id is written as node-down");
    }
    if (!seen.add(name)) {
      scope.fault(entry, "cause '" + name + "' is there twice");
    }
    Cause cause = reader.read(entry, scope, name);
    if (cause != null) {
      causes.putIfAbsent(name, cause);
    }
  }

  private void readRespelling(Node entry, Scope pack, MatcherReader matchers) {
    Scope scope = pack.of("rule 'respelled'");
    Fields fields = Fields.of(entry, scope, Set.of("respelled", "as"));
    Node events = fields.value("respelled");
    Matcher.OnEvent matcher = events == null ? null : matchers.readRule(events, scope);
    String as = fields.text("as");
    if (as == null) {
      scope.fault(entry, "rule 'respelled': as is missing: the reason that they are read by");
    } else if (matcher != null && matcher.message() == null) {
      fields.fault("respelled", "message is missing: an alias names reasons that mean the same");
    } else if (matcher != null) {
      respellings.add(new Respelling(matcher, as));
    }
  }

  private void readRule(Node entry, Scope pack, String kind, MatcherReader matchers) {
    Scope scope = pack.of("rule '" + kind + "'");
    boolean benign = kind.equals("benign");
    Fields fields =
        Fields.of(
            entry, scope, benign ? Set.of("benign", "quiet") : Set.of("events", "opens", "quiet"));
    Node events = fields.value(kind);
    if (events != null && ChangeLines.isChange(events)) {
      readChangeRule(fields, events, benign);
      return;
    }
    if (benign && events != null && Fields.hasKey(events, "alert")) {
      readBenignAlert(fields, events, scope);
      return;
    }
    Matcher.OnEvent matcher = events == null ? null : matchers.readRule(events, scope);
    Node opens = fields.value("opens");
    int count = EventRule.DEFAULT_OPEN_COUNT;
    Duration after = EventRule.DEFAULT_OPEN_AFTER;
    if (opens != null) {
      Fields open = Fields.of(opens, scope, OPENS);
      // Without a count, only time opens; without a time, a lasting fault could stay unseen.
      count = open.count("count", Integer.MAX_VALUE);
      after = after(fields, open);
    }
    Duration quiet = fields.duration("quiet", EventRule.DEFAULT_QUIET);
    if (matcher != null) {
      rules.add(new EventRule(matcher, count, after, quiet, benign));
    }
  }

  private void readBenignAlert(Fields fields, Node alert, Scope scope) {
    if (fields.has("quiet")) {
      fields.fault("quiet", "key 'quiet' has no meaning for an alert: it is over when resolved");
    }
    benignAlerts.add(MatcherReader.readBenignAlert(alert, scope));
  }

  private void readChangeRule(Fields fields, Node events, boolean benign) {
    if (benign) {
      fields.fault("benign", "a change opens nothing by itself: it needs no 'benign'");
    }
    if (fields.has("quiet")) {
      fields.fault("quiet", "key 'quiet' has no meaning for a change: it is over with its state");
    }
    Duration after = EventRule.DEFAULT_OPEN_AFTER;
    Node opens = fields.value("opens");
    if (opens == null) {
      fields.fault("events", "opens is missing: a change opens 'after' its state held so long");
    } else {
      after = after(fields, Fields.of(opens, fields.scope(), Set.of("after")));
    }
    ChangeRule rule = ChangeLines.readRule(events, fields.scope(), after);
    if (rule != null) {
      changeRules.add(rule);
    }
  }

  private static Duration after(Fields rule, Fields opens) {
    if (!opens.has("after")) {
      rule.fault("opens", "opens lacks 'after': how long unhealed, such as 60s");
    }
    return opens.duration("after", EventRule.DEFAULT_OPEN_AFTER);
  }
}
