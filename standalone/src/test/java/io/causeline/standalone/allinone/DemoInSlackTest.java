package io.causeline.standalone.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.causeline.bridge.chat.slack.SlackDouble;
import io.causeline.service.Lifecycle;
import io.causeline.standalone.player.PlayedClient;
import io.causeline.standalone.player.Player;
import io.causeline.standalone.recording.Recordings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a demo leaves in Slack: one message for each incident, in its last state, with its thread.
 */
class DemoInSlackTest {

  private static final String CLUSTER = "recording";

  @TempDir private Path data;

  @Test
  void shouldLeaveOneMessagePerIncidentWhenAllIsStartedAnewInTheMiddle() throws Exception {
    try (SlackDouble slack = SlackDouble.start(InstantSource.system())) {
      Map<String, String> environment =
          Map.of(
              "CAUSELINE_CHAT_SLACK_TOKEN",
              SlackDouble.TOKEN,
              "CAUSELINE_CHAT_SLACK_CHANNEL",
              SlackDouble.CHANNEL_ID,
              "CAUSELINE_CHAT_SLACK_API_URL",
              slack.apiUrl().toString(),
              "CAUSELINE_CHAT_EXTERNAL_URL",
              "https://causeline.example.com");

      // Played to where the incident is open, then again, whole, over the same data.
      play(environment, () -> slack.messages().size() == 1);
      play(
          environment,
          () ->
              slack.messages().size() == 1
                  && !slack.replies(slack.messages().get(0)).isEmpty()
                  && slack
                      .messages()
                      .get(0)
                      .blockText()
                      .toLowerCase(java.util.Locale.ROOT)
                      .contains("resolved"));

      assertThat(slack.messages()).hasSize(1);
      assertThat(slack.messages().get(0).blockText()).contains("Node node-2 is not ready");
      assertThat(slack.calls("chat.postMessage").get(0).arguments().get("blocks"))
          .contains("kubectl describe node node-2");
      assertThat(slack.replies(slack.messages().get(0)))
          .extracting(SlackDouble.Message::text)
          .doesNotHaveDuplicates();
      assertThat(slack.calls("chat.postMessage"))
          .filteredOn(call -> !call.arguments().containsKey("thread_ts"))
          .hasSize(1);
    }
  }

  private void play(Map<String, String> environment, java.util.concurrent.Callable<Boolean> until)
      throws Exception {
    try (Lifecycle lifecycle = new Lifecycle()) {
      Player player =
          lifecycle.add(
              "player", Player.open(Recordings.open("node-lost"), 40, Duration.ofMinutes(30)));
      AllInOne all =
          AllInOne.start(
              new AllInOne.Options(
                  null, environment, Optional.of(data), 0, CLUSTER, player.clock()),
              lifecycle);
      all.collect(lifecycle.add("played cluster", PlayedClient.of(player.apiServer())));
      assertThat(player.awaitWatched(Duration.ofSeconds(30))).isTrue();
      player.play(URI.create(all.webhook() + "/" + CLUSTER));
      await().atMost(Duration.ofSeconds(60)).until(until);
    }
  }
}
