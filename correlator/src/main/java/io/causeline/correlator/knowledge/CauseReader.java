package io.causeline.correlator.knowledge;

import io.causeline.correlator.knowledge.Cause.Advice;
import io.causeline.correlator.knowledge.Cause.Prior;
import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.correlator.knowledge.PackFaults.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads an entry {@code - cause:}. */
final class CauseReader {
  private static final Set<String> KEYS =
      Set.of(
          "cause",
          "title",
          "locus",
          "prior",
          "follows",
          "outranks",
          "evidence",
          "symptoms",
          "against",
          "recovery",
          "checks",
          "fixes",
          "prevention",
          "references");
  private static final Set<String> LANGUAGES = Set.of("en", "zh");

  private final MatcherReader matchers;

  CauseReader(MatcherReader matchers) {
    this.matchers = matchers;
  }

  /** The cause; null where it cannot be one, with a fault that says why. */
  @Nullable Cause read(Node node, Scope pack, String id) {
    Scope scope = pack.of("cause '" + id + "'");
    Fields fields = Fields.of(node, scope, KEYS);
    LocalText title = fields.has("title") ? text(fields.value("title"), scope, "title") : null;
    if (!fields.has("title")) {
      scope.fault(node, "title is missing");
    }
    String locus = fields.required("locus");
    if (locus != null && !locus.matches("[A-Z][A-Za-z0-9]*")) {
      fields.fault("locus", "'" + locus + "' is no kind: kinds are written as Node or Workload");
    }
    List<Matcher> evidence = lines(fields, "evidence", Role.EVIDENCE);
    List<Matcher> symptoms = lines(fields, "symptoms", Role.SYMPTOM);
    List<Matcher> against = lines(fields, "against", Role.AGAINST);
    List<Matcher> recovery = lines(fields, "recovery", Role.RECOVERY);
    if (fields.list("evidence").isEmpty()
        && fields.list("symptoms").isEmpty()
        && !id.equals(Cause.UNKNOWN)) {
      scope.fault(node, "has neither evidence nor symptoms: no signal could ever name it");
    }
    Prior prior = prior(fields);
    Set<String> outranks = new LinkedHashSet<>(fields.texts("outranks"));
    List<Advice> checks = advice(fields, "checks", false);
    List<Advice> fixes = advice(fields, "fixes", true);
    List<LocalText> prevention = new ArrayList<>();
    for (Node each : fields.list("prevention")) {
      LocalText text = text(each, scope, "prevention");
      if (text != null) {
        prevention.add(text);
      }
    }
    List<String> references = fields.texts("references");
    if (title == null || locus == null) {
      return null;
    }
    for (List<Matcher> lines : List.of(evidence, symptoms, against, recovery)) {
      lines.forEach(line -> checkReach(line, locus, scope));
    }
    return new Cause(
        id,
        title,
        locus,
        prior,
        fields.duration("follows", Cause.FOLLOWS),
        List.copyOf(evidence),
        List.copyOf(symptoms),
        List.copyOf(against),
        List.copyOf(recovery),
        Set.copyOf(outranks),
        checks,
        fixes,
        List.copyOf(prevention),
        List.copyOf(references),
        scope.source(node));
  }

  private static void checkReach(Matcher line, String locus, Scope scope) {
    String fault = Reach.fault(locus, line);
    if (fault != null) {
      scope.fault(line.source(), fault);
    }
  }

  private List<Matcher> lines(Fields fields, String key, Role role) {
    return matchers.read(fields.list(key), fields.scope(), role);
  }

  private static Prior prior(Fields fields) {
    String word = fields.text("prior");
    if (word == null) {
      return Prior.OCCASIONAL;
    }
    for (Prior prior : Prior.values()) {
      if (prior.name().toLowerCase(Locale.ROOT).equals(word)) {
        return prior;
      }
    }
    fields.fault("prior", "unknown prior '" + word + "'; known are common, occasional and rare");
    return Prior.OCCASIONAL;
  }

  private static List<Advice> advice(Fields fields, String key, boolean risky) {
    List<Advice> advice = new ArrayList<>();
    Set<String> known = risky ? Set.of("text", "command", "risk") : Set.of("text", "command");
    for (Node node : fields.list(key)) {
      Fields each = Fields.of(node, fields.scope(), known);
      LocalText text = text(each, "text", key);
      LocalText risk = risky ? text(each, "risk", key) : null;
      String command = each.text("command");
      if (command != null) {
        placeholders(each, "command", command);
        for (String quoted : Placeholders.quotedIn(command)) {
          each.fault(
              "command",
              "{" + quoted + "} stands inside quotes; values are quoted where they need it");
        }
      }
      if (text != null && (risk != null || !risky)) {
        advice.add(new Advice(text, command, risk));
      }
    }
    return List.copyOf(advice);
  }

  private static @Nullable LocalText text(Fields fields, String key, String list) {
    Node value = fields.value(key);
    if (value == null) {
      fields.scope().fault(fields.node(), list + ": " + key + " is missing");
      return null;
    }
    return text(value, fields.scope(), list + ": " + key);
  }

  private static @Nullable LocalText text(@Nullable Node node, Scope scope, String what) {
    if (node == null) {
      return null;
    }
    Fields fields = Fields.of(node, scope, LANGUAGES);
    for (String language : List.of("en", "zh")) {
      if (!fields.has(language)) {
        scope.fault(node, what + " lacks '" + language + "'; every text is in en and zh");
      }
    }
    String en = fields.text("en");
    String zh = fields.text("zh");
    if (en != null) {
      placeholders(fields, "en", en);
    }
    if (zh != null) {
      placeholders(fields, "zh", zh);
    }
    return en == null || zh == null ? null : new LocalText(en, zh);
  }

  private static void placeholders(Fields fields, String key, String text) {
    for (String unknown : Placeholders.unknownIn(text)) {
      fields.fault(
          key,
          "unknown placeholder {"
              + unknown
              + "}; known are "
              + new java.util.TreeSet<>(Placeholders.NAMES));
    }
  }
}
