package io.causeline.correlator.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The causes as their packs write them, for people and programs that want to read what is known.
 * What a pack leaves to its default is written out, and what may be one or a list is a list.
 */
public final class CauseCatalogue {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Map<String, String> WEIGHTS =
      Map.of("evidence", "medium", "symptoms", "weak", "against", "veto");

  /** Roles of lines, in the order in which they are told. */
  public static final List<String> ROLES = List.of("evidence", "symptoms", "against", "recovery");

  private static final List<String> LISTS = List.of("checks", "fixes", "prevention", "references");
  private static final List<String> ONE_OR_MANY = List.of("event", "alert", "on");
  private static final Pattern ALIAS = Pattern.compile("\"@([A-Z][A-Z0-9_]*)\"");

  /**
   * A cause.
   *
   * @param family name of its pack, without what follows the dot
   * @param lines how many lines speak for it, against it or of its end
   * @param json all of it; not to be changed
   */
  public record Entry(String id, String family, int lines, ObjectNode json) {}

  private final Map<String, Entry> entries;
  private final String version;

  private CauseCatalogue(Map<String, Entry> entries, String version) {
    this.entries = entries;
    this.version = version;
  }

  /** The causes that come with Causeline. */
  public static CauseCatalogue builtIn() {
    return of(KnowledgeLoader.builtInPacks(), List.of());
  }

  /** The causes of packs that can be loaded; own ones replace built-in ones of their ids. */
  static CauseCatalogue of(List<PackSource> builtIn, List<PackSource> own) {
    Map<String, JsonNode> aliases = new LinkedHashMap<>();
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (List<PackSource> packs : List.of(builtIn, own)) {
      packs.forEach(pack -> collectAliases(pack, aliases));
    }
    for (List<PackSource> packs : List.of(builtIn, own)) {
      packs.forEach(pack -> collectCauses(pack, aliases, entries));
    }
    return new CauseCatalogue(entries, KnowledgeLoader.version(builtIn, own));
  }

  /** All of them, in the order of the packs. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** The cause of this id. */
  public Optional<Entry> entry(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** As {@link Knowledge#version()}. */
  public String version() {
    return version;
  }

  private static void collectAliases(PackSource pack, Map<String, JsonNode> aliases) {
    for (Node node : PackDocument.entries(pack, new PackFaults())) {
      if ("alias".equals(Fields.firstKey(node))) {
        JsonNode alias = YamlJson.texts(node);
        aliases.put(alias.path("alias").asText(), list(alias.path("reasons")));
      }
    }
  }

  private static void collectCauses(
      PackSource pack, Map<String, JsonNode> aliases, Map<String, Entry> entries) {
    for (Node node : PackDocument.entries(pack, new PackFaults())) {
      String id = Fields.firstText(node);
      if ("cause".equals(Fields.firstKey(node)) && id != null) {
        Entry entry = entry(id, family(pack.label()), YamlJson.texts(node), aliases);
        entries.put(id, entry);
      }
    }
  }

  private static Entry entry(
      String id, String family, JsonNode written, Map<String, JsonNode> aliases) {
    ObjectNode json = JSON.objectNode();
    json.put("id", id);
    json.set("title", written.path("title"));
    json.set("locus", written.path("locus"));
    json.put("prior", written.path("prior").asText("occasional"));
    json.put("family", family);
    if (written.has("outranks")) {
      json.set("outranks", list(written.path("outranks")));
    }
    int lines = 0;
    for (String role : ROLES) {
      ArrayNode all = json.putArray(role);
      written.path(role).forEach(line -> all.add(line(line, WEIGHTS.get(role))));
      lines += all.size();
    }
    for (String list : LISTS) {
      json.set(list, list(written.path(list)));
    }
    // Whatever else a pack says of a cause, as it says it.
    written
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("cause") && !json.has(field.getKey())) {
                json.set(field.getKey(), field.getValue());
              }
            });
    ObjectNode used = JSON.objectNode();
    for (MatchResult alias : ALIAS.matcher(json.toString()).results().toList()) {
      JsonNode reasons = aliases.get(alias.group(1));
      if (reasons != null) {
        used.set(alias.group(1), reasons);
      }
    }
    if (!used.isEmpty()) {
      json.set("aliases", used);
    }
    return new Entry(id, family, lines, json);
  }

  private static JsonNode line(JsonNode written, @Nullable String weight) {
    ObjectNode line = JSON.objectNode();
    written
        .properties()
        .forEach(
            field ->
                line.set(
                    field.getKey(),
                    ONE_OR_MANY.contains(field.getKey())
                        ? list(field.getValue())
                        : field.getValue()));
    if (weight != null && !line.has("weight")) {
      line.put("weight", weight);
    }
    return line;
  }

  private static ArrayNode list(JsonNode written) {
    if (written instanceof ArrayNode list) {
      return list;
    }
    ArrayNode list = JSON.arrayNode();
    return written.isMissingNode() ? list : list.add(written);
  }

  /** {@code packs/nodes.yaml} is of the family {@code nodes}. */
  private static String family(String label) {
    String file = label.substring(Math.max(label.lastIndexOf('/'), label.lastIndexOf('\\')) + 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }
}
