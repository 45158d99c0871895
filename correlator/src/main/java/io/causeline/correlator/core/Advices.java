package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.LocalText;
import io.causeline.correlator.knowledge.LocalText.Language;
import io.causeline.correlator.knowledge.Placeholders;
import io.causeline.model.Incident.Check;
import io.causeline.model.Incident.Fix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills names into what causes advise. An incident is written many times with the same names, so
 * the latest are kept.
 */
final class Advices {

  private static final int MOST = 2048;

  private record Key(String cause, Map<String, String> values) {}

  private final Language language;
  private final Map<Key, Advice> latest = new Latest<>(MOST);

  Advices(Language language) {
    this.language = language;
  }

  /**
   * What a cause advises.
   *
   * @param values what to fill in, by placeholder; not to be changed afterwards
   */
  Advice of(Cause cause, Map<String, String> values) {
    return latest.computeIfAbsent(new Key(cause.id(), values), key -> filled(cause, values));
  }

  private Advice filled(Cause cause, Map<String, String> values) {
    Map<String, String> quoted = new HashMap<>();
    values.forEach((name, value) -> quoted.put(name, ShellWord.of(value)));
    List<Check> checks = new ArrayList<>();
    for (Cause.Advice check : cause.checks()) {
      checks.add(new Check(text(check.text(), values), command(check.command(), quoted)));
    }
    List<Fix> fixes = new ArrayList<>();
    for (Cause.Advice fix : cause.fixes()) {
      fixes.add(
          new Fix(
              text(fix.text(), values),
              command(fix.command(), quoted),
              fix.risk() == null ? null : text(fix.risk(), values)));
    }
    return new Advice(text(cause.title(), values), List.copyOf(checks), List.copyOf(fixes));
  }

  private String text(LocalText text, Map<String, String> values) {
    return Placeholders.fill(text.in(language), values);
  }

  private static @Nullable String command(@Nullable String command, Map<String, String> quoted) {
    return command == null ? null : Placeholders.fill(withoutNoNamespace(command, quoted), quoted);
  }

  /** What is cluster-scoped has no namespace to name. */
  private static String withoutNoNamespace(String command, Map<String, String> values) {
    String out = command;
    for (String name : List.of("locus.namespace", "namespace")) {
      if (!values.containsKey(name)) {
        out = out.replace(" -n {" + name + "}", "");
      }
    }
    return out;
  }
}
