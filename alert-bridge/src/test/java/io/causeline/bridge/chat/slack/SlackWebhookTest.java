package io.causeline.bridge.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.chat.ChatChannel;
import io.causeline.bridge.chat.ChatChannelContract;
import io.causeline.bridge.chat.IncidentCard;
import io.causeline.bridge.chat.Language;
import io.causeline.bridge.chat.Marker;
import io.causeline.bridge.chat.SendResult.Rejected;
import io.causeline.bridge.chat.SendResult.RetryLater;
import io.causeline.bridge.chat.SendResult.Scope;
import io.causeline.bridge.chat.SteppedClock;
import io.causeline.bridge.chat.TestIncident;
import io.causeline.bridge.chat.Wording;
import io.causeline.bridge.chat.slack.SlackConnection.Timeouts;
import io.causeline.bridge.chat.slack.SlackDouble.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlackWebhookTest extends ChatChannelContract {

  private static final Marker MARKER = new Marker("0a1b2c3d-000000000001", "message", 1);

  private final SlackDouble slack = SlackDouble.start(new SteppedClock(NOW));
  private final ChatChannel channel = webhook(slack.webhookUrl(), Timeouts.DEFAULT);

  private static ChatChannel webhook(URI url, Timeouts timeouts) {
    return new SlackWebhook(
        url,
        new SlackConnection(url, Optional.empty(), timeouts),
        timeouts,
        new Wording(Language.EN));
  }

  @AfterEach
  void close() {
    channel.close();
    slack.close();
  }

  @Override
  protected ChatChannel channel() {
    return channel;
  }

  @Override
  protected ChatChannel impatient() {
    return webhook(slack.webhookUrl(), SlackTests.IMPATIENT);
  }

  @Override
  protected ChatChannel unreachable() {
    return webhook(SlackTests.nothingListens().resolve("/services/T0/B0/s3cr3t"), Timeouts.DEFAULT);
  }

  @Override
  protected void failNext(Failure failure) {
    slack.next("webhook", SlackTests.fault(failure, new Fault.Status(404, "no_service")));
  }

  @Override
  protected List<String> messages() {
    return slack.messages().stream().map(m -> m.text() + "\n" + m.blockText()).toList();
  }

  @Override
  protected void assertInert(String message) {
    SlackTests.assertInert(message);
  }

  @Override
  protected List<String> secrets() {
    return List.of("s3cr3t");
  }

  private static IncidentCard card() {
    return IncidentCard.of(TestIncident.open().build(), null);
  }

  @Test
  void shouldTakeAFaultOfTheServerForNotTaken() {
    slack.next("webhook", new Fault.Status(503, "down"));

    assertThat(channel.post(card(), MARKER)).isEqualTo(new RetryLater(Duration.ZERO, "status 503"));
  }

  @Test
  void shouldNameTheWayOutWhenTheWebhookIsNoMore() {
    slack.next("webhook", new Fault.Status(404, "no_service"));

    Rejected result = (Rejected) channel.post(card(), MARKER);

    assertThat(result.scope()).isEqualTo(Scope.CHANNEL);
    assertThat(result.reason()).contains("no_service", "make a new one");
  }

  @Test
  void shouldShowTheShortestFormWhenSlackRefusesTheContent() {
    slack.next("webhook", new Fault.Status(400, "invalid_blocks"));

    channel.post(card(), MARKER);

    assertThat(slack.messages()).hasSize(1);
    assertThat(slack.messages().get(0).blocks()).hasSize(2);
  }

  @Test
  void shouldNotUnfurlWhenItPosts() {
    channel.post(card(), MARKER);

    assertThat(slack.calls("webhook").get(0).arguments().get("payload"))
        .contains("\"unfurl_links\":false")
        .contains("\"unfurl_media\":false");
  }
}
