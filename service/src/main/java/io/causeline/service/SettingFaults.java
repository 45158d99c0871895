package io.causeline.service;

import io.causeline.model.Text;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the configuration library's messages into ours: key, value, place, way out. */
final class SettingFaults {

  private static final Pattern CODE = Pattern.compile("SRCFG\\d+: ");

  private static final Pattern MISSING =
      Pattern.compile(".*The config property (\\S+) is required but it could not be found.*");

  private static final Pattern EMPTY =
      Pattern.compile(".*The config property (\\S+) is defined as the empty String.*");

  private static final Pattern WRONG =
      Pattern.compile(
          ".*The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst"
              + " being converted (.*)",
          Pattern.DOTALL);

  private static final Pattern ENUM =
      Pattern.compile("Cannot convert .* to enum class \\S+, allowed values: (.*)", Pattern.DOTALL);

  private static final Pattern SECRET = Pattern.compile(".*(password|secret|token|credential).*");

  private final UnaryOperator<String> place;

  /** With what tells the place that a property's value came from. */
  SettingFaults(UnaryOperator<String> place) {
    this.place = place;
  }

  String describe(String problem) {
    Matcher missing = MISSING.matcher(problem);
    if (missing.matches()) {
      return missing.group(1) + ": required but not set; " + wayOut(missing.group(1));
    }
    Matcher empty = EMPTY.matcher(problem);
    if (empty.matches()) {
      return empty.group(1) + in(empty.group(1)) + ": is empty; " + wayOut(empty.group(1));
    }
    Matcher wrong = WRONG.matcher(problem);
    if (wrong.matches()) {
      String key = wrong.group(1);
      boolean secret = SECRET.matcher(key.toLowerCase(Locale.ROOT)).matches();
      String reason = CODE.matcher(wrong.group(3)).replaceAll("");
      return key
          + " = "
          + (secret ? "(hidden)" : '"' + Text.label(wrong.group(2)) + '"')
          + in(key)
          + ": "
          + (secret ? "is not valid" : Text.message(plain(reason)));
    }
    return Text.message(plain(CODE.matcher(problem).replaceAll("")));
  }

  private String in(String key) {
    String where = place.apply(key);
    return where.isEmpty() ? "" : " (" + where + ")";
  }

  private static String wayOut(String key) {
    return "set it in the settings file or as " + KnownSettings.environmentName(key);
  }

  /** Without the names of classes, which say nothing to a person. */
  private static String plain(String text) {
    String words = text.replaceFirst("^(?:[a-z]\\w*\\.)+[A-Z]\\w*: ", "");
    Matcher choice = ENUM.matcher(words);
    return choice.matches() ? "use one of " + choice.group(1).replace(",", ", ") : words;
  }
}
