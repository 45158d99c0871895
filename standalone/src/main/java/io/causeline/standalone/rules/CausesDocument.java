package io.causeline.standalone.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.correlator.knowledge.CauseCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All causes as one document in Markdown, made of their packs. */
public final class CausesDocument {

  private static final Map<String, String> ROLES =
      Map.of(
          "evidence", "Speaks for it",
          "symptoms", "It brings about",
          "against", "Speaks against it",
          "recovery", "It is over when");

  /** What a line says of itself, not of the signals that it means. */
  private static final Set<String> NOT_ITS_MEANING = Set.of("weight", "group");

  private final StringBuilder text = new StringBuilder();

  private CausesDocument() {}

  /** The document. */
  public static String of(CauseCatalogue causes) {
    CausesDocument document = new CausesDocument();
    document.write(causes);
    return document.text.toString();
  }

  private void write(CauseCatalogue causes) {
    Map<String, List<CauseCatalogue.Entry>> families = new LinkedHashMap<>();
    for (CauseCatalogue.Entry entry : causes.entries()) {
      families.computeIfAbsent(entry.family(), family -> new ArrayList<>()).add(entry);
    }
    line("# Causes");
    line("");
    line(
        causes.entries().size()
            + " causes that Causeline knows, by the packs in"
            + " `correlator/src/main/resources/knowledge/`. Their words are explained in");
    line(
        "[knowledge-packs.md](knowledge-packs.md). Made of the packs by `./causeline rules docs"
            + " docs/causes.md`: change those, not this.");
    line("");
    families.forEach(
        (family, entries) ->
            line(
                "- **"
                    + family
                    + "**: "
                    + String.join(
                        ", ",
                        entries.stream()
                            .map(entry -> "[" + entry.id() + "](#" + entry.id() + ")")
                            .toList())));
    families.forEach(
        (family, entries) -> {
          line("");
          line("## Pack `" + family + "`");
          entries.forEach(entry -> cause(entry.id(), entry.json()));
        });
  }

  private void cause(String id, JsonNode cause) {
    line("");
    line("### " + id);
    line("");
    line(english(cause.path("title")) + " · " + plain(cause.path("title").path("zh").asText()));
    line("");
    line(
        "Locus: "
            + cause.path("locus").asText()
            + ". Prior: "
            + cause.path("prior").asText()
            + "."
            + (cause.path("outranks").isEmpty()
                ? ""
                : " Outranks: " + words(cause.path("outranks")) + "."));
    CauseCatalogue.ROLES.forEach(role -> lines(ROLES.getOrDefault(role, role), cause.path(role)));
    advice("Look at", cause.path("checks"));
    advice("What helps", cause.path("fixes"));
    heading("So that it does not happen again", cause.path("prevention"));
    cause.path("prevention").forEach(each -> line("- " + english(each)));
    heading("References", cause.path("references"));
    cause.path("references").forEach(each -> line("- <" + each.asText() + ">"));
    if (cause.has("aliases")) {
      line("");
      cause
          .path("aliases")
          .properties()
          .forEach(alias -> line("`@" + alias.getKey() + "`: " + words(alias.getValue()) + "."));
    }
  }

  private void lines(String heading, JsonNode lines) {
    heading(heading, lines);
    for (JsonNode each : lines) {
      List<String> parts = new ArrayList<>();
      each.properties()
          .forEach(
              field -> {
                if (!NOT_ITS_MEANING.contains(field.getKey())) {
                  parts.add(field.getKey() + ": " + value(field.getValue()));
                }
              });
      String weight = each.path("weight").asText();
      line("- " + (weight.isEmpty() ? "" : weight + ": ") + code(String.join(", ", parts)));
    }
  }

  private void advice(String heading, JsonNode advice) {
    heading(heading, advice);
    for (JsonNode each : advice) {
      line("- " + english(each.path("text")));
      if (each.has("command")) {
        line("  " + code(each.path("command").asText()));
      }
      if (each.has("risk")) {
        line("  *Risk:* " + english(each.path("risk")));
      }
    }
  }

  private void heading(String heading, JsonNode content) {
    if (!content.isEmpty()) {
      line("");
      line("**" + heading + "**");
      line("");
    }
  }

  /** As in a pack; a list of one is that one. */
  private static String value(JsonNode value) {
    if (value.isArray() && value.size() == 1) {
      return value.get(0).asText();
    }
    if (value.isArray()) {
      return "[" + words(value) + "]";
    }
    if (value.isObject()) {
      List<String> parts = new ArrayList<>();
      value
          .properties()
          .forEach(part -> parts.add(part.getKey() + ": " + part.getValue().asText()));
      return "{" + String.join(", ", parts) + "}";
    }
    return value.asText();
  }

  private static String words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(each -> words.add(each.asText()));
    return String.join(", ", words);
  }

  private static String english(JsonNode text) {
    return plain(text.path("en").asText());
  }

  /** Text that Markdown leaves as it is, in one line. */
  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").strip().replaceAll("([\\\\`*_<>\\[\\]|])", "\\\\$1");
  }

  /** Code whose fence is longer than any within. */
  private static String code(String code) {
    String oneLine = code.replaceAll("\\s+", " ").strip();
    String fence = "`";
    while (oneLine.contains(fence)) {
      fence += "`";
    }
    String space = fence.length() > 1 ? " " : "";
    return fence + space + oneLine + space + fence;
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
