package io.causeline.chaos.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.causeline.chaos.Seed;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlackDoubleTest {

  private static final String METADATA =
      "{\"event_type\":\"t\",\"event_payload\":{\"incident\":\"i1\"}}";

  private final HttpClient http = HttpClient.newHttpClient();
  private SlackDouble slack;

  @BeforeEach
  void start() throws IOException {
    slack = SlackDouble.start(new Seed(1));
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  @Test
  void shouldKeepListAndEditMessages() throws Exception {
    String ts = post("hello").path("ts").asText();
    JsonNode reply = call("chat.postMessage", "text=re&thread_ts=" + ts);
    JsonNode edited = call("chat.update", "text=bye&ts=" + ts + "&metadata=" + encoded(METADATA));

    assertThat(reply.path("ok").asBoolean()).isTrue();
    assertThat(edited.path("ok").asBoolean()).isTrue();
    JsonNode history = call("conversations.history", "limit=5").path("messages");
    assertThat(history).hasSize(1);
    assertThat(history.get(0).path("text").asText()).isEqualTo("bye");
    assertThat(history.get(0).path("metadata").path("event_payload").path("incident").asText())
        .isEqualTo("i1");
    assertThat(call("conversations.replies", "ts=" + ts).path("messages")).hasSize(2);
    assertThat(slack.messages()).hasSize(2);
  }

  @Test
  void shouldDoWhatItIsToldToAfterAPostAndNotAnswer() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    slack.afterPost(2, () -> done.set(true));

    post("one");
    assertThat(done).isFalse();
    assertThatThrownBy(() -> post("two")).isInstanceOf(IOException.class);

    assertThat(done).isTrue();
    assertThat(slack.messages()).hasSize(2);
    assertThat(post("three").path("ok").asBoolean()).isTrue();
  }

  @Test
  void shouldDoSomeCallsWithoutAnAnswerWhenItIsHostile() throws Exception {
    slack.hostile(true);
    int answered = 0;
    for (int i = 0; i < 60; i++) {
      try {
        answered += post("m" + i).path("ok").asBoolean() ? 1 : 0;
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }

    assertThat(slack.lostAnswers()).isPositive();
    assertThat(slack.messages()).hasSize(answered + slack.lostAnswers());
  }

  private JsonNode post(String text) throws Exception {
    return call("chat.postMessage", "text=" + text + "&metadata=" + encoded(METADATA));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode call(String method, String form) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(slack.apiUrl().resolve(method))
            .POST(BodyPublishers.ofString(form))
            .build();
    return new ObjectMapper().readTree(http.send(request, BodyHandlers.ofByteArray()).body());
  }
}
