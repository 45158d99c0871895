package io.causeline.standalone.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.EntityRef;
import io.causeline.model.Json;
import io.causeline.service.StartupException;
import io.causeline.standalone.evaluate.LabelledRecording.Expected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is labelled in some folders: recordings ({@code NAME.jsonl}, perhaps with {@code .gz}, and
 * {@code NAME.truth.json}) and cases ({@code *.json} with {@code events} and {@code truth}; {@code
 * categories.json} translates their categories into causes).
 */
record Dataset(List<LabelledRecording> recordings, List<LabelledCase> cases) {

  private static final String TRUTH = ".truth.json";
  private static final String CATEGORIES = "categories.json";

  /**
   * Reads the folders.
   *
   * @throws StartupException naming the file and what is wrong with it
   */
  static Dataset read(List<Path> folders) {
    List<LabelledRecording> recordings = new ArrayList<>();
    List<LabelledCase> cases = new ArrayList<>();
    for (Path folder : folders) {
      List<Path> files = files(folder);
      Map<String, Set<String>> categories = new HashMap<>();
      for (Path file : files) {
        if (name(file).equals(CATEGORIES)) {
          json(file).properties().forEach(e -> categories.put(e.getKey(), words(e.getValue())));
        }
      }
      for (Path file : files) {
        String name = name(file);
        if (name.endsWith(TRUTH)) {
          recordings.add(
              recording(file, name.substring(0, name.length() - TRUTH.length()), folders));
        } else if (name.endsWith(".json") && !name.equals(CATEGORIES)) {
          cases.add(labelledCase(file, json(file), categories));
        }
      }
    }
    if (recordings.isEmpty() && cases.isEmpty()) {
      throw new StartupException(
          "nothing labelled in "
              + folders
              + ": recordings are NAME.jsonl[.gz] with NAME.truth.json, cases are *.json with 'events'"
              + " and 'truth'");
    }
    return new Dataset(recordings, cases);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new StartupException("cannot read the folder " + folder + ": " + e, e);
    }
  }

  private static LabelledRecording recording(Path truthFile, String name, List<Path> folders) {
    Path file =
        Stream.concat(
                Stream.of(truthFile.resolveSibling(name)),
                folders.stream().map(f -> f.resolve(name)))
            .flatMap(base -> Stream.of(base + ".jsonl", base + ".jsonl.gz"))
            .map(Path::of)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new StartupException(
                        truthFile + " labels " + name + ".jsonl, which is in none of " + folders));
    JsonNode truth = json(truthFile);
    List<Expected> expected = new ArrayList<>();
    for (JsonNode incident : truth.path("incidents")) {
      String cause = required(truthFile, incident, "cause");
      JsonNode locus = incident.path("locus");
      Set<String> accepted = words(incident.path("accepted"));
      accepted.add(cause);
      expected.add(
          new Expected(
              cause,
              Set.copyOf(accepted),
              EntityRef.of(
                  required(truthFile, locus, "kind"),
                  locus.path("namespace").asText("").isEmpty()
                      ? null
                      : locus.path("namespace").asText(),
                  locus.path("name").asText("cluster"))));
    }
    return new LabelledRecording(name, file, started(truthFile, truth), List.copyOf(expected));
  }

  private static Instant started(Path file, JsonNode truth) {
    String text = required(file, truth, "started");
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new StartupException(file + ": 'started' is no RFC 3339 time: '" + text + "'", e);
    }
  }

  private static LabelledCase labelledCase(
      Path file, JsonNode root, Map<String, Set<String>> categories) {
    JsonNode truth = root.path("truth");
    String category = required(file, truth, "category");
    String word = required(file, truth, "evidence");
    LabelledCase.Clue clue = null;
    for (LabelledCase.Clue candidate : LabelledCase.Clue.values()) {
      clue = candidate.word().equals(word) ? candidate : clue;
    }
    if (clue == null || !root.path("events").isArray()) {
      throw new StartupException(
          file
              + (clue == null
                  ? ": unknown evidence '" + word + "'"
                  : ": has no list 'events' of what was seen"));
    }
    List<JsonNode> events = new ArrayList<>();
    root.path("events").forEach(events::add);
    String name = name(file);
    return new LabelledCase(
        name.substring(0, name.length() - ".json".length()),
        List.copyOf(events),
        clue,
        categories.getOrDefault(category, Set.of(category)));
  }

  private static String required(Path file, JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new StartupException(file + ": '" + field + "' is missing from its labels");
    }
    return value.asText();
  }

  private static Set<String> words(JsonNode list) {
    Set<String> words = new HashSet<>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  private static JsonNode json(Path file) {
    try {
      return Json.mapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new StartupException(file + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new StartupException("cannot read " + file + ": " + e, e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
