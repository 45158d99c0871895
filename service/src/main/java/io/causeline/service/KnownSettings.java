package io.causeline.service;

import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that exist, as the mappings declare them, and their names in the environment: {@code
 * causeline.http.tokens-file} is {@code CAUSELINE_HTTP_TOKENS_FILE}. A map's key in the environment
 * is lower case with dots, as Kafka's are: {@code CAUSELINE_KAFKA_PROPERTIES_SECURITY_PROTOCOL} is
 * {@code causeline.kafka.properties."security.protocol"}.
 */
final class KnownSettings {

  private static final String KEY = "(?:\"[^\"]*\"|[^.\\[\\]\"]+)";

  private record Known(String name, Pattern property, Pattern environment, boolean exact) {}

  private final List<Known> known;

  KnownSettings(Collection<Class<?>> mappings) {
    List<Known> all = new ArrayList<>();
    for (Class<?> mapping : mappings) {
      for (String name : ConfigClass.configClass(mapping).getProperties().keySet()) {
        all.add(
            new Known(
                name, propertyPattern(name), environmentPattern(name), name.indexOf('*') < 0));
      }
    }
    // The most literal name wins where an environment variable could mean several.
    all.sort(
        Comparator.comparing((Known k) -> !k.exact())
            .thenComparing(k -> -k.name().length())
            .thenComparing(Known::name));
    this.known = List.copyOf(all);
  }

  /** Whether a setting has this name. */
  boolean knows(String property) {
    return known.stream().anyMatch(k -> k.property().matcher(property).matches());
  }

  /** Whether it is a group that settings are in, such as {@code causeline.http}. */
  boolean isGroup(String property) {
    return known.stream().anyMatch(k -> k.name().startsWith(property + "."));
  }

  /** The setting that an environment variable gives. */
  Optional<String> fromEnvironment(String variable) {
    for (Known k : known) {
      Matcher matcher = k.environment().matcher(variable);
      if (matcher.matches()) {
        return Optional.of(fill(k.name(), matcher));
      }
    }
    return Optional.empty();
  }

  /** The known name that looks most like {@code property}, if any does. */
  Optional<String> closest(String property) {
    return known.stream()
        .map(Known::name)
        .filter(name -> distance(name, property) <= 1 + property.length() / 8)
        .min(Comparator.comparingInt(name -> distance(name, property)));
  }

  /** As a variable: upper case, everything but letters and digits an underscore. */
  static String environmentName(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static Pattern propertyPattern(String name) {
    StringBuilder pattern = new StringBuilder();
    // A list of plain values may be given as a whole too.
    String base = name.endsWith("[*]") ? name.substring(0, name.length() - 3) : name;
    for (String part : split(base)) {
      switch (part) {
        case "*" -> pattern.append(KEY);
        case "[*]" -> pattern.append("\\[\\d+]");
        default -> pattern.append(Pattern.quote(part));
      }
    }
    if (!base.equals(name)) {
      pattern.append("(?:\\[\\d+])?");
    }
    return Pattern.compile(pattern.toString());
  }

  private static Pattern environmentPattern(String name) {
    StringBuilder pattern = new StringBuilder();
    List<String> parts = split(name);
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      switch (parts.get(i)) {
        case "*" -> pattern.append(last ? "([A-Z0-9][A-Z0-9_]*)" : "([A-Z0-9]+)");
        case "[*]" -> pattern.append("_(\\d+)_");
        default -> pattern.append(Pattern.quote(environmentName(parts.get(i))));
      }
    }
    return Pattern.compile(pattern.toString());
  }

  private static String fill(String name, Matcher matcher) {
    StringBuilder property = new StringBuilder();
    int group = 1;
    for (String part : split(name)) {
      switch (part) {
        case "*" -> {
          String key = matcher.group(group++).toLowerCase(Locale.ROOT).replace('_', '.');
          property.append(key.contains(".") ? '"' + key + '"' : key);
        }
        case "[*]" -> property.append('[').append(matcher.group(group++)).append(']');
        default -> property.append(part);
      }
    }
    return property.toString();
  }

  /** Literal runs, {@code *} and {@code [*]}, in order. */
  private static List<String> split(String name) {
    return Arrays.stream(name.split("(?=\\[\\*])|(?<=\\[\\*])|(?<=\\.)(?=\\*)|(?<=\\.\\*)", -1))
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
