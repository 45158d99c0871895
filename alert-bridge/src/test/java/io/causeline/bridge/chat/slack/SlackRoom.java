package io.causeline.bridge.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.bridge.chat.slack.SlackDouble.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The one channel of {@link SlackDouble}, with the methods of the Web API that reach it. */
final class SlackRoom {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHANNEL_ID = SlackDouble.CHANNEL_ID;
  private static final String CHANNEL_NAME = SlackDouble.CHANNEL_NAME;

  private final InstantSource clock;
  private final List<Message> messages = new ArrayList<>();
  private Duration spacing = Duration.ZERO;
  private Instant lastPost = Instant.MIN;
  private int sequence;

  SlackRoom(InstantSource clock) {
    this.clock = clock;
  }

  synchronized List<Message> messages() {
    return messages.stream().filter(m -> m.threadTs().isEmpty()).toList();
  }

  synchronized List<Message> replies(Message parent) {
    return messages.stream().filter(m -> m.threadTs().equals(Optional.of(parent.ts()))).toList();
  }

  synchronized void remove(Message message) {
    messages.removeIf(m -> m.ts().equals(message.ts()));
  }

  synchronized void limitRate(Duration leastSpacing) {
    spacing = leastSpacing;
  }

  synchronized ObjectNode call(String method, Map<String, String> arguments) throws IOException {
    return switch (method) {
      case "chat.postMessage" -> postMessage(arguments);
      case "chat.update" -> update(arguments);
      case "conversations.history" -> history(arguments);
      case "conversations.replies" -> replies(arguments);
      case "conversations.list" -> list();
      default -> error("unknown_method");
    };
  }

  private ObjectNode postMessage(Map<String, String> arguments) throws IOException {
    String channel = arguments.getOrDefault("channel", "");
    if (!channel.equals(CHANNEL_ID)
        && !channel.equals(CHANNEL_NAME)
        && !channel.equals("#" + CHANNEL_NAME)) {
      return error("channel_not_found");
    }
    JsonNode blocks = JSON.readTree(arguments.getOrDefault("blocks", "[]"));
    Optional<String> fault = contentFault(arguments.get("text"), blocks);
    if (fault.isPresent()) {
      return error(fault.get());
    }
    Optional<String> thread = Optional.ofNullable(arguments.get("thread_ts"));
    if (thread.isPresent() && messages().stream().noneMatch(m -> m.ts().equals(thread.get()))) {
      return error("thread_not_found");
    }
    Instant now = clock.instant();
    if (!spacing.isZero() && lastPost.plus(spacing).isAfter(now)) {
      return error("ratelimited");
    }
    lastPost = now;
    JsonNode metadata = JSON.readTree(arguments.getOrDefault("metadata", "{}"));
    Message message = add(arguments.get("text"), blocks, metadata, thread);
    ObjectNode answer = ok();
    answer.put("channel", CHANNEL_ID);
    answer.put("ts", message.ts());
    return answer;
  }

  private ObjectNode update(Map<String, String> arguments) throws IOException {
    if (!CHANNEL_ID.equals(arguments.get("channel"))) {
      return error("channel_not_found");
    }
    JsonNode blocks = JSON.readTree(arguments.getOrDefault("blocks", "[]"));
    Optional<String> fault = contentFault(arguments.get("text"), blocks);
    if (fault.isPresent()) {
      return error(fault.get());
    }
    for (int i = 0; i < messages.size(); i++) {
      Message before = messages.get(i);
      if (before.ts().equals(arguments.get("ts"))) {
        JsonNode metadata =
            arguments.containsKey("metadata")
                ? JSON.readTree(arguments.get("metadata"))
                : before.metadata();
        messages.set(
            i,
            new Message(
                before.channel(),
                before.ts(),
                before.threadTs(),
                arguments.get("text"),
                blocks,
                metadata,
                before.edits() + 1));
        ObjectNode answer = ok();
        answer.put("channel", CHANNEL_ID);
        answer.put("ts", before.ts());
        return answer;
      }
    }
    return error("message_not_found");
  }

  private ObjectNode history(Map<String, String> arguments) {
    if (!CHANNEL_ID.equals(arguments.get("channel"))) {
      return error("channel_not_found");
    }
    List<Message> newestFirst = new ArrayList<>(messages());
    Collections.reverse(newestFirst);
    return page(newestFirst, arguments, Optional.empty());
  }

  private ObjectNode replies(Map<String, String> arguments) {
    String ts = arguments.get("ts");
    Optional<Message> parent = messages().stream().filter(m -> m.ts().equals(ts)).findFirst();
    if (!CHANNEL_ID.equals(arguments.get("channel")) || parent.isEmpty()) {
      return error("thread_not_found");
    }
    return page(replies(parent.get()), arguments, parent);
  }

  private ObjectNode page(
      List<Message> all, Map<String, String> arguments, Optional<Message> parent) {
    double oldest = Double.parseDouble(arguments.getOrDefault("oldest", "0"));
    double latest = Double.parseDouble(arguments.getOrDefault("latest", "9e12"));
    boolean metadata = isTrue(arguments.get("include_all_metadata"));
    List<Message> inside =
        all.stream()
            .filter(m -> Double.parseDouble(m.ts()) >= oldest)
            .filter(m -> Double.parseDouble(m.ts()) <= latest)
            .toList();
    int limit = Math.min(999, Integer.parseInt(arguments.getOrDefault("limit", "100")));
    int from = Integer.parseInt(arguments.getOrDefault("cursor", "0"));
    int to = Math.min(inside.size(), from + limit);
    ObjectNode answer = ok();
    ArrayNode list = answer.putArray("messages");
    parent.ifPresent(p -> list.add(json(p, metadata)));
    inside.subList(Math.min(from, to), to).forEach(m -> list.add(json(m, metadata)));
    answer.put("has_more", to < inside.size());
    answer
        .putObject("response_metadata")
        .put("next_cursor", to < inside.size() ? String.valueOf(to) : "");
    return answer;
  }

  private static ObjectNode json(Message message, boolean metadata) {
    ObjectNode json = JSON.createObjectNode();
    json.put("type", "message");
    json.put("ts", message.ts());
    json.put("text", message.text());
    message.threadTs().ifPresent(ts -> json.put("thread_ts", ts));
    if (metadata && message.metadata().has("event_type")) {
      json.set("metadata", message.metadata());
    }
    return json;
  }

  private static ObjectNode list() {
    ObjectNode answer = ok();
    ArrayNode channels = answer.putArray("channels");
    channels.addObject().put("id", "C0OTHER0001").put("name", "random");
    channels.addObject().put("id", CHANNEL_ID).put("name", CHANNEL_NAME);
    return answer;
  }

  /** Slack's rules on content, as far as they are known. */
  private static Optional<String> contentFault(String text, JsonNode blocks) {
    if ((text == null || text.isEmpty()) && blocks.isEmpty()) {
      return Optional.of("no_text");
    }
    if (text != null && text.length() > 40_000) {
      return Optional.of("msg_too_long");
    }
    if (blocks.size() > 50) {
      return Optional.of("invalid_blocks");
    }
    for (JsonNode block : blocks) {
      List<JsonNode> texts = new ArrayList<>();
      if (block.has("text")) {
        texts.add(block.get("text"));
      }
      block.path("elements").forEach(texts::add);
      for (JsonNode object : texts) {
        int length = object.path("text").asText().length();
        if (length < 1 || length > 3000) {
          return Optional.of("invalid_blocks");
        }
      }
    }
    return blocks.toString().length() > 13_200
        ? Optional.of("msg_blocks_too_long")
        : Optional.empty();
  }

  synchronized Message add(
      String text, JsonNode blocks, JsonNode metadata, Optional<String> thread) {
    Message message = new Message(CHANNEL_ID, newTs(), thread, text, blocks, metadata, 0);
    messages.add(message);
    return message;
  }

  private String newTs() {
    return String.format(
        Locale.ROOT, "%d.%06d", clock.instant().getEpochSecond(), ++sequence % 1_000_000);
  }

  private static boolean isTrue(String value) {
    return "1".equals(value) || "true".equals(value);
  }

  private static ObjectNode ok() {
    return JSON.createObjectNode().put("ok", true);
  }

  static ObjectNode error(String word) {
    return JSON.createObjectNode().put("ok", false).put("error", word);
  }
}
