package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.LocalText;
import io.causeline.correlator.knowledge.LocalText.Language;
import io.causeline.correlator.knowledge.Matcher;
import io.causeline.correlator.knowledge.Placeholders;
import io.causeline.model.Incident.Check;
import io.causeline.model.Incident.Fix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills names into what causes advise. An incident is written many times with the same names, so
 * what it was told last is kept with it.
 */
final class Advices {

  private record Key(String cause, Map<String, String> values) {}

  /** What one incident was told when it was written last. Not thread-safe. */
  static final class Told {
    private Map<Key, Advice> last = Map.of();
    private Map<Key, Advice> now = new HashMap<>();

    /** It is written once more. */
    void begin() {
      last = now;
      now = new HashMap<>();
    }
  }

  private final Language language;
  private final IdentityHashMap<Matcher, String> evidence = new IdentityHashMap<>();

  Advices(Language language) {
    this.language = language;
  }

  /**
   * What a cause advises.
   *
   * @param values what to fill in, by placeholder; not to be changed afterwards
   * @param told what the incident was told before, and is told now
   */
  Advice of(Cause cause, Map<String, String> values, Told told) {
    Key key = new Key(cause.id(), values);
    Advice known = told.last.get(key);
    Advice advice = known == null ? filled(cause, values) : known;
    told.now.put(key, advice);
    return advice;
  }

  /** A line of evidence in words. */
  String evidence(Matcher matcher) {
    return evidence.computeIfAbsent(matcher, Advices::words);
  }

  private static String words(Matcher matcher) {
    if (matcher instanceof Matcher.OnEvent event) {
      String on =
          event.kinds().isEmpty()
              ? ""
              : " on " + String.join(" or ", event.kinds().stream().sorted().toList());
      return "event "
          + (event.reasons().isEmpty()
              ? "of any reason"
              : String.join(" or ", event.reasons().stream().sorted().limit(4).toList()))
          + on
          + (event.message() == null ? "" : " with a message that names the cause");
    }
    if (matcher instanceof Matcher.OnAlert alert) {
      return "alert " + String.join(" or ", alert.names().stream().sorted().limit(4).toList());
    }
    if (matcher instanceof Matcher.OnChange change) {
      return "change " + change.change().word() + " shortly before the first symptom";
    }
    return "state " + ((Matcher.OnState) matcher).state().word();
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
