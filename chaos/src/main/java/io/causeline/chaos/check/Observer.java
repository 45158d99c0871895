package io.causeline.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.causeline.chaos.check.Observation.DeadLetter;
import io.causeline.chaos.check.Observation.Poisoned;
import io.causeline.chaos.check.Observation.Published;
import io.causeline.chaos.check.Observation.SeenEntry;
import io.causeline.chaos.check.Observation.SeenIncident;
import io.causeline.chaos.check.Observation.SeenMessage;
import io.causeline.chaos.story.SignalKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what there is to be seen of a system. */
public final class Observer {

  /** What stands before the names of topics. */
  public static final String PREFIX = "causeline.";

  /** The topics. */
  public static final List<String> TOPICS =
      List.of("signals", "topology", "commands", "incidents", "notifications", "dead-letters")
          .stream()
          .map(PREFIX::concat)
          .toList();

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI api;
  private final Instant base;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

  /**
   * Of the system whose API is there.
   *
   * @param base when the story began
   */
  public Observer(URI api, Instant base) {
    this.api = api;
    this.base = base;
  }

  /** The key of what a record of {@code signals} or {@code topology} tells; null for no state. */
  public static @Nullable String key(TopicLog.Entry entry) {
    String value = entry.value();
    if (value == null || entry.headers().containsKey(PoisonMark.HEADER)) {
      return null;
    }
    JsonNode json;
    try {
      json = JSON.readTree(value);
    } catch (IOException e) {
      return null;
    }
    String cluster = json.path("cluster").asText();
    return switch (json.path("type").asText()) {
      case "kubernetes-event" ->
          SignalKeys.event(cluster, json.path("uid").asText(), json.path("count").asInt());
      case "alert" ->
          SignalKeys.alert(
              cluster,
              SignalKeys.strings(json.path("labels")),
              json.path("status").asText(),
              Instant.parse(json.path("startsAt").asText()));
      case "present" -> object(json.path("snapshot"));
      default -> null;
    };
  }

  private static String object(JsonNode snapshot) {
    JsonNode entity = snapshot.path("entity");
    return SignalKeys.object(
        snapshot.path("cluster").asText(),
        entity.path("kind").asText(),
        entity.path("namespace").asText("") + "/" + entity.path("name").asText(),
        snapshot.path("resourceVersion").asText());
  }

  /**
   * What is seen now.
   *
   * @param entries of all topics
   * @param notReady services that say so
   */
  public Observation observe(
      List<TopicLog.Entry> entries, List<ChatMessage> chat, List<String> notReady)
      throws IOException, InterruptedException {
    Map<String, Integer> signals = new HashMap<>();
    Map<String, Published> published = new HashMap<>();
    Map<String, Integer> revisions = new HashMap<>();
    List<Poisoned> poison = new ArrayList<>();
    List<DeadLetter> deadLetters = new ArrayList<>();
    for (TopicLog.Entry entry : entries) {
      String topic = entry.topic().substring(PREFIX.length());
      String poisonName = entry.headers().get(PoisonMark.HEADER);
      if (topic.equals("dead-letters")) {
        String origin = entry.headers().get("causeline-origin-topic");
        if (origin != null) {
          deadLetters.add(deadLetter(entry, origin));
        }
      } else if (poisonName != null) {
        if (poisonName.startsWith(PoisonMark.BAD)) {
          poison.add(new Poisoned(topic, entry.place(), poisonName));
        }
      } else if (topic.equals("incidents")) {
        publish(entry, published, revisions);
      } else {
        String key = key(entry);
        if (key != null) {
          signals.merge(key, 1, Integer::sum);
        }
      }
    }
    List<String> troubles = new ArrayList<>(notReady);
    List<SeenIncident> incidents = incidents(troubles);
    return new Observation(
        signals, incidents, published, messages(chat), poison, deadLetters, troubles);
  }

  private static DeadLetter deadLetter(TopicLog.Entry entry, String origin) {
    Map<String, String> headers = entry.headers();
    return new DeadLetter(
        origin
            + "-"
            + headers.get("causeline-origin-partition")
            + "@"
            + headers.get("causeline-origin-offset"),
        headers.containsKey("causeline-fault"),
        String.valueOf(headers.get("causeline-reason")));
  }

  private static void publish(
      TopicLog.Entry entry, Map<String, Published> published, Map<String, Integer> revisions)
      throws IOException {
    String id = entry.key().substring(entry.key().indexOf('/') + 1);
    if (entry.value() == null) {
      published.remove(id);
      return;
    }
    JsonNode incident = JSON.readTree(entry.value());
    String state = incident.path("state").asText();
    int revision = incident.path("revision").asInt();
    Integer before = revisions.put(id, revision);
    Published known = published.get(id);
    boolean active = state.equals("open") || state.equals("acknowledged");
    int again = before != null && before >= revision ? 1 : 0;
    published.put(
        id,
        new Published(
            incident.path("cluster").asText(),
            state,
            incident.path("title").asText(),
            active || (known != null && known.everActive()),
            again + (known == null ? 0 : known.revisionsAgain())));
  }

  private List<SeenIncident> incidents(List<String> troubles)
      throws IOException, InterruptedException {
    List<SeenIncident> incidents = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get("/api/v1/incidents?limit=100" + cursor);
      page.path("missing").forEach(missing -> troubles.add("the API misses " + missing));
      for (JsonNode listed : page.path("incidents")) {
        incidents.add(incident(get("/api/v1/incidents/" + listed.path("id").asText())));
      }
      JsonNode next = page.path("next");
      cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
    } while (!cursor.isEmpty());
    return incidents;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    var answer =
        http.send(
            HttpRequest.newBuilder(api.resolve(path)).timeout(Duration.ofSeconds(5)).build(),
            BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " was answered " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }

  private SeenIncident incident(JsonNode incident) {
    List<SeenEntry> timeline = new ArrayList<>();
    for (JsonNode entry : incident.path("timeline")) {
      String source = entry.path("source").asText();
      // A change is dated by when it was seen, which no story tells.
      boolean dated = !source.equals("change");
      timeline.add(
          new SeenEntry(
              source
                  + " "
                  + entity(entry.path("entity"))
                  + " "
                  + entry.path("what").asText()
                  + " as "
                  + entry.path("role").asText(),
              dated ? since(entry.path("at")) + " to " + since(entry.path("lastAt")) : "",
              entry.path("count").asInt()));
    }
    JsonNode best = incident.path("hypotheses").path(0);
    return new SeenIncident(
        incident.path("id").asText(),
        incident.path("cluster").asText(),
        incident.path("state").asText(),
        incident.path("severity").asText(),
        incident.path("title").asText(),
        best.path("cause").asText(),
        entity(best.path("locus")),
        timeline);
  }

  private String since(JsonNode time) {
    return Duration.between(base, Instant.parse(time.asText())).toString();
  }

  private static String entity(JsonNode entity) {
    return entity.path("kind").asText()
        + "/"
        + entity.path("namespace").asText("-")
        + "/"
        + entity.path("name").asText();
  }

  private static List<SeenMessage> messages(List<ChatMessage> chat) {
    List<SeenMessage> messages = new ArrayList<>();
    for (ChatMessage message : chat) {
      JsonNode payload = message.metadata().path("event_payload");
      StringBuilder text = new StringBuilder(message.text());
      message.blocks().findValuesAsText("text").forEach(part -> text.append('\n').append(part));
      messages.add(
          new SeenMessage(
              payload.path("incident").asText(),
              payload.path("operation").asText(),
              message.thread() != null,
              text.toString()));
    }
    return messages;
  }
}
