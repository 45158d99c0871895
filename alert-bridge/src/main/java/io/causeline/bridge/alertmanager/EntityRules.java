package io.causeline.bridge.alertmanager;

import io.causeline.model.EntityRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the well-known alerts are about, as the resource {@code entities.txt} says; its head
 * explains the format.
 */
final class EntityRules {

  private static final String RESOURCE = "entities.txt";

  /**
   * One rule.
   *
   * @param entity alternatives, in order
   * @param also further objects that the labels name
   * @param toldApartBy labels that tell two alerts about one object apart
   */
  record Rule(List<Place> entity, List<Place> also, List<String> toldApartBy) {}

  /**
   * How labels name an object.
   *
   * @param namespaceLabel null for what is cluster-scoped
   * @param nameLabel null for a place of which a cluster has one
   * @param address whether the label is a scrape address, of which the host counts
   * @param own whether the labels count only where they do not describe the exporter
   */
  record Place(
      String kind,
      @Nullable String namespaceLabel,
      @Nullable String nameLabel,
      boolean address,
      boolean own) {

    /** A place whose labels count whomever they describe. */
    Place(
        String kind, @Nullable String namespaceLabel, @Nullable String nameLabel, boolean address) {
      this(kind, namespaceLabel, nameLabel, address, false);
    }

    /** The object, if all of the labels are there. */
    Optional<EntityRef> in(AlertLabels all) {
      if (nameLabel == null) {
        return Optional.of(EntityRef.singleton(kind));
      }
      AlertLabels labels = own ? ExporterLabels.without(all) : all;
      String value = labels.own(nameLabel);
      if (address && kind.equals("Service")) {
        return Optional.ofNullable(value).flatMap(ScrapeAddress::service);
      }
      String name = value != null && address ? ScrapeAddress.host(value).orElse(null) : value;
      String namespace = namespaceLabel == null ? null : labels.own(namespaceLabel);
      if (name == null || (namespaceLabel != null && namespace == null)) {
        return Optional.empty();
      }
      return Optional.of(EntityRef.of(kind, namespace, name));
    }
  }

  private final Map<String, Rule> byName = new HashMap<>();
  private final Map<String, Rule> byPrefix = new HashMap<>();

  private EntityRules() {}

  /** The rules that come with Causeline. */
  static EntityRules builtIn() {
    try (InputStream in = EntityRules.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing from the jar");
      }
      return read(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
    }
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException naming the line that is wrong
   */
  static EntityRules read(Reader text) throws IOException {
    EntityRules rules = new EntityRules();
    Rule current = null;
    int number = 0;
    BufferedReader lines = new BufferedReader(text);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        if (!line.startsWith(" ")) {
          current = rule(line);
          rules.add(line.substring(line.lastIndexOf('|') + 1), current);
        } else if (current != null) {
          rules.add(line, current);
        } else {
          throw new IllegalArgumentException("there is no line before it to go on with");
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "line " + number + " of the entity rules, '" + line + "': " + e.getMessage(), e);
      }
    }
    return rules;
  }

  /** The rule for alerts of this name. */
  Optional<Rule> of(String alertName) {
    Rule exact = byName.get(alertName);
    if (exact != null) {
      return Optional.of(exact);
    }
    String longest = null;
    for (String prefix : byPrefix.keySet()) {
      if (alertName.startsWith(prefix) && (longest == null || prefix.length() > longest.length())) {
        longest = prefix;
      }
    }
    return longest == null ? Optional.empty() : Optional.ofNullable(byPrefix.get(longest));
  }

  /** Every name that the rules know, prefixes with their trailing star. */
  List<String> names() {
    List<String> names = new ArrayList<>(byName.keySet());
    byPrefix.keySet().forEach(prefix -> names.add(prefix + "*"));
    return names.stream().sorted().toList();
  }

  private void add(String names, Rule rule) {
    for (String name : words(names)) {
      Rule before =
          name.endsWith("*")
              ? byPrefix.put(name.substring(0, name.length() - 1), rule)
              : byName.put(name, rule);
      if (before != null) {
        throw new IllegalArgumentException("the alert " + name + " has a rule already");
      }
    }
  }

  private static Rule rule(String line) {
    String[] columns = line.split("\\|", -1);
    if (columns.length != 4) {
      throw new IllegalArgumentException(
          "a rule has 4 columns, entity | also names | told apart by | alert names, this has "
              + columns.length);
    }
    List<Place> entity = places(columns[0]);
    if (entity.isEmpty()) {
      throw new IllegalArgumentException("the first column, the entity, is empty");
    }
    return new Rule(entity, places(columns[1]), words(columns[2]));
  }

  private static List<Place> places(String column) {
    List<Place> places = new ArrayList<>();
    for (String text : column.split(",", -1)) {
      List<String> words = words(text);
      switch (words.size()) {
        case 0 -> {}
        case 1 -> places.add(new Place(words.get(0), null, null, false));
        case 2 -> places.add(place(words.get(0), words.get(1)));
        default -> throw new IllegalArgumentException("'" + text + "' is not 'Kind label'");
      }
    }
    return List.copyOf(places);
  }

  private static Place place(String kind, String labels) {
    int slash = labels.indexOf('/');
    if (labels.startsWith("~") && slash > 1) {
      return new Place(kind, labels.substring(1, slash), labels.substring(slash + 1), false, true);
    }
    if (slash >= 0) {
      return new Place(kind, labels.substring(0, slash), labels.substring(slash + 1), false);
    }
    return labels.startsWith("@")
        ? new Place(kind, null, labels.substring(1), true)
        : new Place(kind, null, labels, false);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.trim().split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
