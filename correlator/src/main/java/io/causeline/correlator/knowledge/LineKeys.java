package io.causeline.correlator.knowledge;

import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.model.Relation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that lines of every subject share.
 *
 * @param via empty for the default way
 * @param group null for a group of its own
 */
record LineKeys(List<Relation> via, Weight weight, @Nullable String group) {

  private static final int MAX_PATH = 4;

  /** Those of a rule, which has none. */
  static final LineKeys NONE = new LineKeys(List.of(), Weight.WEAK, null);

  static LineKeys of(Fields fields, Role role) {
    return new LineKeys(via(fields), weight(fields, role), fields.text("group"));
  }

  /** The kinds under {@code on}; none for any. */
  static Set<String> kinds(Fields fields) {
    Set<String> kinds = new LinkedHashSet<>();
    for (String kind : fields.texts("on")) {
      if (!kind.matches("[A-Z][A-Za-z0-9]*")) {
        fields.fault("on", "'" + kind + "' is no kind: kinds are written as Pod or ReplicaSet");
      }
      kinds.add(kind);
    }
    return kinds;
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
        fields.unknown(
            "via", "relation", word, Arrays.stream(Relation.values()).map(Relation::word).toList());
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
}
