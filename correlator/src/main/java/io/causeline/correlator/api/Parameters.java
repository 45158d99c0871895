package io.causeline.correlator.api;

import io.causeline.model.Text;
import io.causeline.service.Problem;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A request's query parameters, read strictly: one that is not known, is given twice where only one
 * can be meant, or has a value that cannot be right is answered with 400 and its name.
 */
final class Parameters {

  private static final int MAX_LENGTH = 512;

  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads those of a request that takes only {@code known} ones. */
  static Parameters of(Map<String, List<String>> given, Set<String> known) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    given.forEach(
        (name, all) -> {
          if (!known.contains(name)) {
            throw Problem.badRequest(
                "query parameter '"
                    + Text.label(name)
                    + "' is not known here; "
                    + (known.isEmpty()
                        ? "there are none"
                        : "known are: " + String.join(", ", new TreeSet<>(known))));
          }
          for (String value : all) {
            if (value.isBlank()) {
              throw Problem.badRequest("query parameter '" + name + "' is empty");
            }
            if (value.length() > MAX_LENGTH && !name.equals("cursor")) {
              throw Problem.badRequest(
                  "query parameter '" + name + "' is longer than " + MAX_LENGTH + " characters");
            }
          }
          values.put(name, all);
        });
    return new Parameters(values);
  }

  /** The one value. */
  Optional<String> one(String name) {
    List<String> all = values.getOrDefault(name, List.of());
    if (all.size() > 1) {
      throw Problem.badRequest("query parameter '" + name + "' is given " + all.size() + " times");
    }
    return all.stream().findFirst();
  }

  /** The values, separated by commas or given several times. */
  Set<String> several(String name) {
    return values.getOrDefault(name, List.of()).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::trim)
        .map(value -> notEmpty(name, value))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String notEmpty(String name, String value) {
    if (value.isEmpty()) {
      throw Problem.badRequest("query parameter '" + name + "' holds an empty value");
    }
    return value;
  }

  /** The values as words of an enum. */
  <T extends Enum<T>> Set<T> words(String name, T[] constants, Function<T, String> word) {
    return several(name).stream()
        .map(value -> word(name, value, constants, word))
        .collect(Collectors.toSet());
  }

  private static <T> T word(String name, String value, T[] constants, Function<T, String> word) {
    List<String> allowed = new ArrayList<>();
    for (T constant : constants) {
      if (word.apply(constant).equals(value)) {
        return constant;
      }
      allowed.add(word.apply(constant));
    }
    throw bad(name, value, "one of " + String.join(", ", allowed));
  }

  /** The value as a time. */
  Optional<Instant> time(String name) {
    return one(name)
        .map(
            value -> {
              try {
                // Times are kept with milliseconds; what does not fit is no time of an incident.
                return Instant.ofEpochMilli(Instant.parse(value).toEpochMilli());
              } catch (DateTimeParseException | ArithmeticException e) {
                throw bad(name, value, "an RFC 3339 time in UTC such as 2026-01-02T03:04:05Z");
              }
            });
  }

  /** The value as a number. */
  int number(String name, int least, int most, int otherwise) {
    Optional<String> value = one(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw bad(name, value.get(), "a number from " + least + " to " + most);
    }
    throw bad(name, value.get(), "a number from " + least + " to " + most);
  }

  static Problem bad(String name, String value, String expected) {
    return Problem.badRequest(
        "query parameter '" + name + "': '" + Text.label(value) + "' is not " + expected);
  }
}
