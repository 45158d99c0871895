package io.causeline.correlator.knowledge;

import io.causeline.correlator.knowledge.PackFaults.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what lines and rules say of changes of objects, and of their states. */
final class ChangeLines {

  private static final Duration WITHIN = Duration.ofMinutes(15);
  private static final Set<String> RULE_KEYS =
      Set.of("change", "on", "where", "namespace", "name", "state");

  private ChangeLines() {}

  /** Whether a rule speaks of a change rather than of events. */
  static boolean isChange(Node node) {
    return Fields.hasKey(node, "change");
  }

  /** Reads a rule about changes. */
  static @Nullable ChangeRule readRule(Node node, Scope scope, Duration after) {
    Fields fields = Fields.of(node, scope, RULE_KEYS);
    if (!fields.has("state")) {
      scope.fault(node, "state is missing: a change opens only where it leaves a faulty state");
    }
    Matcher.OnChange change = read(fields, LineKeys.NONE);
    StateKind state = state(fields);
    if (change == null || state == null) {
      return null;
    }
    String fault = Reach.changeFault(change);
    Set<String> kinds = change.kinds().isEmpty() ? Subjects.of(change.change()) : change.kinds();
    if (fault == null && kinds.stream().noneMatch(kind -> Reach.isStateOf(state, kind))) {
      fault = "can never match: " + state.word() + " is a state of " + state.subject();
    }
    if (fault != null) {
      scope.fault(node, fault);
    }
    return new ChangeRule(change, state, after);
  }

  static Matcher.@Nullable OnChange read(Fields fields, LineKeys keys) {
    String word = fields.text("change");
    Optional<ChangeKind> kind = word == null ? Optional.empty() : ChangeKind.ofWord(word);
    if (kind.isEmpty()) {
      if (word != null) {
        fields.unknown(
            "change",
            "change",
            word,
            Arrays.stream(ChangeKind.values()).map(ChangeKind::word).toList());
      }
      return null;
    }
    return new Matcher.OnChange(
        kind.get(),
        LineKeys.kinds(fields),
        fields.wholes("where"),
        fields.search("namespace"),
        fields.search("name"),
        fields.duration("within", WITHIN),
        keys.via(),
        keys.weight(),
        keys.group(),
        fields.scope().source(fields.node()));
  }

  static Matcher.@Nullable OnState readState(Fields fields, LineKeys keys) {
    StateKind state = state(fields);
    return state == null
        ? null
        : new Matcher.OnState(
            state, keys.via(), keys.weight(), keys.group(), fields.scope().source(fields.node()));
  }

  private static @Nullable StateKind state(Fields fields) {
    String word = fields.text("state");
    Optional<StateKind> kind = word == null ? Optional.empty() : StateKind.ofWord(word);
    if (kind.isEmpty() && word != null) {
      fields.unknown(
          "state", "state", word, Arrays.stream(StateKind.values()).map(StateKind::word).toList());
    }
    return kind.orElse(null);
  }
}
