package io.causeline.correlator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Command.About;
import io.causeline.model.Command.Action;
import io.causeline.model.Json;
import io.causeline.model.Text;
import io.causeline.service.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The body of an action, {@code {"action", "actor", "text"}} with {@code into} for a merge, {@code
 * entries} for a split, {@code cause} to confirm or reject one: strictly read, since what is
 * misspelt would be lost.
 *
 * @param actor who does it; where the body does not say, {@link #UNNAMED}
 * @param text a comment; null where there is none
 * @param about what else the action needs; null if nothing
 */
record ActionRequest(Action action, String actor, @Nullable String text, @Nullable About about) {

  static final String UNNAMED = "api";

  private static final Set<String> FIELDS =
      new TreeSet<>(Set.of("action", "actor", "text", "into", "entries", "cause"));
  private static final int MAX_ACTOR_BYTES = 200;
  private static final int MAX_ENTRIES = 500;

  /**
   * Reads a body.
   *
   * @throws Problem 400 naming the fault and what is allowed
   */
  static ActionRequest parse(byte[] body) {
    JsonNode node = node(body);
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw Problem.badRequest(
            "field '" + Text.label(name) + "' is not known; known are: " + FIELDS);
      }
    }
    String word = text(node, "action", Text.LABEL_BYTES);
    if (word == null) {
      throw Problem.badRequest("field 'action' is missing; it is one of " + words());
    }
    Action action =
        Arrays.stream(Action.values())
            .filter(known -> known.word().equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.badRequest(
                        "action '" + Text.label(word) + "' is not known; it is one of " + words()));
    String actor = text(node, "actor", MAX_ACTOR_BYTES);
    String text = text(node, "text", Text.MESSAGE_BYTES);
    if (action == Action.COMMENT && text == null) {
      throw Problem.badRequest("a comment needs a 'text'");
    }
    return new ActionRequest(action, actor == null ? UNNAMED : actor, text, about(node, action));
  }

  private static @Nullable About about(JsonNode node, Action action) {
    only(node, action, "into", Action.MERGE);
    only(node, action, "entries", Action.SPLIT);
    only(node, action, "cause", Action.CONFIRM_CAUSE, Action.REJECT_CAUSE);
    return switch (action) {
      case MERGE ->
          new About(
              needed(node, action, "into", "the id of the incident that goes on"), List.of(), null);
      case SPLIT -> new About(null, entries(node), null);
      case CONFIRM_CAUSE, REJECT_CAUSE ->
          new About(null, List.of(), needed(node, action, "cause", "the id of a cause"));
      case ACKNOWLEDGE, RESOLVE, REOPEN, COMMENT -> null;
    };
  }

  private static void only(JsonNode node, Action action, String field, Action... allowed) {
    if (node.hasNonNull(field) && !Arrays.asList(allowed).contains(action)) {
      throw Problem.badRequest(
          "field '"
              + field
              + "' means nothing to "
              + action.word()
              + "; it belongs to "
              + Arrays.stream(allowed).map(Action::word).collect(Collectors.joining(" and ")));
    }
  }

  private static String needed(JsonNode node, Action action, String field, String what) {
    String value = text(node, field, Text.LABEL_BYTES);
    if (value == null) {
      throw Problem.badRequest(action.word() + " needs '" + field + "', " + what);
    }
    return value;
  }

  private static List<String> entries(JsonNode node) {
    JsonNode value = node.get("entries");
    if (value == null || value.isNull()) {
      return List.of();
    }
    if (!value.isArray() || value.size() > MAX_ENTRIES) {
      throw Problem.badRequest(
          "field 'entries' is not a list of at most " + MAX_ENTRIES + " ids of timeline entries");
    }
    List<String> entries = new ArrayList<>();
    for (JsonNode entry : value) {
      if (!entry.isTextual() || entry.textValue().isBlank()) {
        throw Problem.badRequest("field 'entries' holds something that is no id of an entry");
      }
      entries.add(entry.textValue());
    }
    return entries;
  }

  private static JsonNode node(byte[] body) {
    try {
      JsonNode node = Json.mapper().readTree(body);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (IOException e) {
      throw Problem.badRequest("the body is not JSON: " + Text.message(e.getMessage()));
    }
    throw Problem.badRequest(
        "the body is not a JSON object such as {\"action\": \"acknowledge\", \"actor\": \"ada\"}");
  }

  /** A text without what cannot be shown; null where it is absent or blank. */
  private static @Nullable String text(JsonNode node, String field, int maxBytes) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw Problem.badRequest("field '" + field + "' is not a string");
    }
    String text = Text.clean(value.textValue());
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > maxBytes) {
      throw Problem.badRequest(
          "field '" + field + "' has " + bytes + " bytes; at most " + maxBytes + " are kept");
    }
    return text.isEmpty() ? null : text;
  }

  private static String words() {
    return Arrays.stream(Action.values()).map(Action::word).collect(Collectors.joining(", "));
  }
}
