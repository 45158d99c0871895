package io.causeline.correlator.core;

import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.Matcher;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a place as a message or a label tells it. Both are hostile input: what could not be
 * the name of anything in Kubernetes, or of a registry, names nothing.
 *
 * @param namespace null where not told
 */
record NamedPlace(String name, @Nullable String namespace) {

  /** The longest name that Kubernetes takes. */
  private static final int LONGEST = 253;

  private static final int LONGEST_NAMESPACE = 63;

  /** Names of objects, some with colons, and of images. */
  private static final Pattern SANE =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._:/@-]*[A-Za-z0-9])?");

  private static final Pattern OBJECT = Pattern.compile("[a-z0-9]([a-z0-9._:-]*[a-z0-9])?");

  private static final Pattern SANE_NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

  /** What the groups of a pattern find in a message; empty where they took no part in it. */
  static Optional<NamedPlace> in(Pattern pattern, String message) {
    Map<String, Integer> groups = pattern.namedGroups();
    if (!groups.containsKey(Matcher.LOCUS_GROUP)) {
      return Optional.empty();
    }
    com.google.re2j.Matcher found = pattern.matcher(message);
    return found.find()
        ? of(
            found.group(Matcher.LOCUS_GROUP),
            groups.containsKey(Matcher.NAMESPACE_GROUP)
                ? found.group(Matcher.NAMESPACE_GROUP)
                : null)
        : Optional.empty();
  }

  /** What an alert's labels say. */
  static Optional<NamedPlace> in(@Nullable String label, Map<String, String> labels) {
    return label == null ? Optional.empty() : of(labels.get(label), labels.get("namespace"));
  }

  private static Optional<NamedPlace> of(@Nullable String name, @Nullable String namespace) {
    String space = namespace == null || namespace.isEmpty() ? null : namespace;
    return name != null
            && name.length() <= LONGEST
            && SANE.matches(name)
            && (space == null || isNamespace(space))
        ? Optional.of(new NamedPlace(name, space))
        : Optional.empty();
  }

  private static boolean isNamespace(String text) {
    return text.length() <= LONGEST_NAMESPACE && SANE_NAMESPACE.matches(text);
  }

  /** The same as an object of Kubernetes, which may be written {@code namespace/name}. */
  Optional<NamedPlace> ofObject() {
    int slash = name.indexOf('/');
    if (slash > 0 && isNamespace(name.substring(0, slash))) {
      String rest = name.substring(slash + 1);
      return OBJECT.matches(rest)
          ? Optional.of(new NamedPlace(rest, name.substring(0, slash)))
          : Optional.empty();
    }
    return OBJECT.matches(name) ? Optional.of(this) : Optional.empty();
  }
}
