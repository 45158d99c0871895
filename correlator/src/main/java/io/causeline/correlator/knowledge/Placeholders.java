package io.causeline.correlator.knowledge;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Fills {@code {name}} in titles, checks and commands. Known names: {@code locus.kind}, {@code
 * locus.name}, {@code locus.namespace}, {@code namespace}, {@code node}, {@code pod}, {@code
 * service}, {@code workload}, {@code workload.kind} (as kubectl takes it), {@code container},
 * {@code image}, {@code ingress}, {@code selector}, {@code reason}. A name without a value stays as
 * {@code <name>}, for the reader to fill in. Braces that hold no such name (JSON paths in commands)
 * stay as they are.
 */
public final class Placeholders {

  /** All known names. */
  public static final Set<String> NAMES =
      Set.of(
          "locus.kind",
          "locus.name",
          "locus.namespace",
          "namespace",
          "node",
          "pod",
          "service",
          "workload",
          "workload.kind",
          "container",
          "image",
          "ingress",
          "selector",
          "reason");

  private Placeholders() {}

  /** Fills in {@code values}; a command wants them quoted for the shell where they need it. */
  public static String fill(String template, Map<String, String> values) {
    int open = template.indexOf('{');
    if (open < 0) {
      return template;
    }
    StringBuilder out = new StringBuilder(template.length() + 32);
    int from = 0;
    while (open >= 0) {
      int close = template.indexOf('}', open);
      if (close < 0) {
        break;
      }
      String name = template.substring(open + 1, close);
      if (NAMES.contains(name)) {
        String value = values.get(name);
        out.append(template, from, open).append(value == null ? "<" + name + ">" : value);
        from = close + 1;
        open = template.indexOf('{', from);
      } else {
        open = template.indexOf('{', open + 1);
      }
    }
    return out.append(template, from, template.length()).toString();
  }

  /**
   * Names in braces that look like placeholders (a letter, then letters, digits, {@code . _ -}) and
   * are not known. {@code {end}} is none: it closes a range in a JSON path.
   */
  public static Set<String> unknownIn(String template) {
    Set<String> unknown = new LinkedHashSet<>();
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', open + 1)) {
      int close = template.indexOf('}', open);
      if (close > open + 1) {
        String name = template.substring(open + 1, close);
        if (looksLikeOne(name) && !NAMES.contains(name)) {
          unknown.add(name);
        }
      }
    }
    return unknown;
  }

  /**
   * Known names that stand inside quotes of a shell command. Values are quoted by themselves, so a
   * hostile one would end the quotes around it.
   */
  public static Set<String> quotedIn(String command) {
    Set<String> quoted = new LinkedHashSet<>();
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\\' && quote != '\'') {
        i++;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else if (c == '{' && quote != 0) {
        int close = command.indexOf('}', i);
        if (close > 0 && NAMES.contains(command.substring(i + 1, close))) {
          quoted.add(command.substring(i + 1, close));
        }
      }
    }
    return quoted;
  }

  private static boolean looksLikeOne(String name) {
    return isLetter(name.charAt(0))
        && name.chars()
            .allMatch(
                c -> isLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-')
        && !name.equals("end");
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
