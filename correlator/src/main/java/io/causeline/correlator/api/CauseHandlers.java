package io.causeline.correlator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.correlator.knowledge.CauseCatalogue;
import io.causeline.correlator.knowledge.DidYouMean;
import io.causeline.model.Json;
import io.causeline.model.Text;
import io.causeline.service.Problem;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The routes that tell what is known. */
final class CauseHandlers {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String LANG = "lang";
  private static final List<String> IN_SHORT = List.of("id", "title", "locus", "prior", "family");

  private final Supplier<CauseCatalogue> causes;

  CauseHandlers(Supplier<CauseCatalogue> causes) {
    this.causes = causes;
  }

  void list(Context ctx) {
    Optional<String> language = language(ctx);
    CauseCatalogue catalogue = causes.get();
    ObjectNode answer = JSON.objectNode();
    answer.put("version", catalogue.version());
    ArrayNode list = answer.putArray("causes");
    for (CauseCatalogue.Entry entry : catalogue.entries()) {
      ObjectNode cause = list.addObject();
      IN_SHORT.forEach(field -> cause.set(field, in(language, entry.json().path(field))));
      cause.put("lines", entry.lines());
    }
    answer(ctx, answer);
  }

  void cause(Context ctx) {
    Optional<String> language = language(ctx);
    String id = ctx.pathParam("id");
    CauseCatalogue catalogue = causes.get();
    JsonNode cause =
        catalogue
            .entry(id)
            .map(CauseCatalogue.Entry::json)
            .orElseThrow(
                () ->
                    Problem.notFound(
                        "there is no cause '"
                            + Text.label(id)
                            + "'"
                            + DidYouMean.hint(
                                Text.cut(id, 100),
                                catalogue.entries().stream()
                                    .map(CauseCatalogue.Entry::id)
                                    .toList())));
    answer(ctx, in(language, cause));
  }

  private static void answer(Context ctx, JsonNode json) {
    ctx.contentType("application/json").result(Json.bytes(json));
  }

  private static Optional<String> language(Context ctx) {
    Optional<String> language = Parameters.of(ctx.queryParamMap(), Set.of(LANG)).one(LANG);
    language
        .filter(word -> !word.equals("en") && !word.equals("zh"))
        .ifPresent(
            word -> {
              throw Parameters.bad(LANG, word, "one of en, zh");
            });
    return language;
  }

  /** The same with one language's texts in place of both. */
  private static JsonNode in(Optional<String> language, JsonNode json) {
    if (language.isEmpty()) {
      return json;
    }
    if (json instanceof ArrayNode array) {
      ArrayNode texts = JSON.arrayNode();
      array.forEach(each -> texts.add(in(language, each)));
      return texts;
    }
    if (json instanceof ObjectNode object) {
      if (object.size() == 2 && object.has("en") && object.has("zh")) {
        return object.path(language.get());
      }
      ObjectNode texts = JSON.objectNode();
      object
          .properties()
          .forEach(field -> texts.set(field.getKey(), in(language, field.getValue())));
      return texts;
    }
    return json;
  }
}
