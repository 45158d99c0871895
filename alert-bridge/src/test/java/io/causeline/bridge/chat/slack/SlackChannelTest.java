package io.causeline.bridge.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.causeline.bridge.chat.Change;
import io.causeline.bridge.chat.ChangeNote;
import io.causeline.bridge.chat.ChatChannel;
import io.causeline.bridge.chat.ChatChannelContract;
import io.causeline.bridge.chat.FindResult;
import io.causeline.bridge.chat.IncidentCard;
import io.causeline.bridge.chat.Language;
import io.causeline.bridge.chat.Marker;
import io.causeline.bridge.chat.MessageRef;
import io.causeline.bridge.chat.SendResult;
import io.causeline.bridge.chat.SendResult.Rejected;
import io.causeline.bridge.chat.SendResult.RetryLater;
import io.causeline.bridge.chat.SendResult.Scope;
import io.causeline.bridge.chat.SendResult.Sent;
import io.causeline.bridge.chat.SendResult.Unknown;
import io.causeline.bridge.chat.SteppedClock;
import io.causeline.bridge.chat.TestIncident;
import io.causeline.bridge.chat.Wording;
import io.causeline.bridge.chat.slack.SlackConnection.Timeouts;
import io.causeline.bridge.chat.slack.SlackDouble.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlackChannelTest extends ChatChannelContract {

  private static final Marker MARKER = new Marker("0a1b2c3d-000000000001", "message", 1);

  private final SlackDouble slack = SlackDouble.start(new SteppedClock(NOW));
  private final ChatChannel channel = channelTo(slack.apiUrl(), SlackDouble.CHANNEL_ID);

  private static ChatChannel channelTo(URI apiUrl, String name) {
    return channelTo(apiUrl, name, Timeouts.DEFAULT);
  }

  private static ChatChannel channelTo(URI apiUrl, String name, Timeouts timeouts) {
    return new SlackChannel(
        new SlackConnection(apiUrl, Optional.empty(), timeouts),
        timeouts,
        SlackDouble.TOKEN,
        name,
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
    return channelTo(slack.apiUrl(), SlackDouble.CHANNEL_ID, SlackTests.IMPATIENT);
  }

  @Override
  protected ChatChannel unreachable() {
    return channelTo(SlackTests.nothingListens(), SlackDouble.CHANNEL_ID);
  }

  @Override
  protected void failNext(Failure failure) {
    slack.next("chat.postMessage", SlackTests.fault(failure, new Fault.NotOk("invalid_auth")));
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
    return List.of(SlackDouble.TOKEN);
  }

  private static IncidentCard card() {
    return IncidentCard.of(TestIncident.open().build(), null);
  }

  @Test
  void shouldNotUnfurlNorParseWhenItPosts() {
    channel.post(card(), MARKER);

    assertThat(slack.calls("chat.postMessage").get(0).arguments())
        .containsEntry("parse", "none")
        .containsEntry("link_names", "0")
        .containsEntry("unfurl_links", "0")
        .containsEntry("unfurl_media", "0");
    slack
        .messages()
        .get(0)
        .blocks()
        .forEach(
            block -> {
              if (block.has("text")) {
                assertThat(block.get("text").get("verbatim").asBoolean()).isTrue();
              }
              block
                  .path("elements")
                  .forEach(e -> assertThat(e.get("verbatim").asBoolean()).isTrue());
            });
  }

  @Test
  void shouldMakeEachCallOnceWhenAPooledConnectionBreaks() {
    channel.post(card(), MARKER);
    slack.next("chat.postMessage", new Fault.HangsUp(true));

    assertThat(channel.post(card(), MARKER)).isInstanceOf(Unknown.class);
    assertThat(slack.calls("chat.postMessage")).hasSize(2);
  }

  @Test
  void shouldNameTheWayOutWhenTheTokenIsWrong() {
    slack.accept("xoxb-another");

    Rejected result = (Rejected) channel.post(card(), MARKER);

    assertThat(result.scope()).isEqualTo(Scope.CHANNEL);
    assertThat(result.reason()).contains("invalid_auth", "CAUSELINE_CHAT_SLACK_TOKEN");
  }

  @Test
  void shouldShowTheShortestFormWhenSlackRefusesTheContent() {
    slack.next("chat.postMessage", new Fault.NotOk("msg_blocks_too_long"));

    assertThat(channel.post(card(), MARKER)).isInstanceOf(Sent.class);
    assertThat(slack.messages()).hasSize(1);
    assertThat(slack.messages().get(0).blocks()).hasSize(2);
    assertThat(slack.messages().get(0).blockText()).contains("Node worker-3 is not ready");
  }

  @Test
  void shouldSayUnknownWhenSlackMayHaveDoneIt() {
    slack.next("chat.postMessage", new Fault.NotOk("internal_error"), new Fault.Garbage(true));

    assertThat(channel.post(card(), MARKER)).isInstanceOf(Unknown.class);
    assertThat(channel.post(card(), MARKER)).isInstanceOf(Unknown.class);
  }

  @Test
  void shouldSayGoneWhenSomeoneRemovedTheMessage() {
    Sent sent = (Sent) channel.post(card(), MARKER);
    slack.remove(slack.messages().get(0));

    assertThat(channel.edit(sent.message(), card(), MARKER))
        .isEqualTo(new Rejected(Scope.GONE, "message_not_found"));
    assertThat(channel.reply(sent.message(), note(), MARKER))
        .isEqualTo(new Rejected(Scope.GONE, "thread_not_found"));
  }

  @Test
  void shouldSayFrozenWhenTheTimeToEditIsOver() {
    Sent sent = (Sent) channel.post(card(), MARKER);
    slack.next("chat.update", new Fault.NotOk("edit_window_closed"));

    assertThat(channel.edit(sent.message(), card(), MARKER))
        .isEqualTo(new Rejected(Scope.FROZEN, "edit_window_closed"));
  }

  @Test
  void shouldFindAReplyInItsThread() {
    Sent sent = (Sent) channel.post(card(), MARKER);
    Marker reply = new Marker(MARKER.incident(), "reply-4", 4);
    Sent replied = (Sent) channel.reply(sent.message(), note(), reply);

    assertThat(channel.find(channel.target(), Optional.of(sent.message()), reply, NOW))
        .isEqualTo(new FindResult.Found(replied.message()));
  }

  @Test
  void shouldFindAMessageOnALaterPage() {
    Sent sent = (Sent) channel.post(card(), MARKER);
    for (int i = 0; i < 450; i++) {
      slack.chatter("message " + i);
    }

    assertThat(channel.find(channel.target(), Optional.empty(), MARKER, NOW))
        .isEqualTo(new FindResult.Found(sent.message()));
    assertThat(slack.calls("conversations.history")).hasSize(3);
  }

  @Test
  void shouldResolveTheNameWhenTheChannelIsNotGivenByItsId() {
    try (ChatChannel named = channelTo(slack.apiUrl(), "#" + SlackDouble.CHANNEL_NAME)) {
      assertThat(named.find(named.target(), Optional.empty(), MARKER, NOW))
          .isEqualTo(new FindResult.Absent());
      Sent sent = (Sent) named.post(card(), MARKER);
      assertThat(sent.message().conversation()).isEqualTo(SlackDouble.CHANNEL_ID);
      assertThat(named.edit(sent.message(), card(), MARKER)).isInstanceOf(Sent.class);
      assertThat(slack.calls("conversations.list")).hasSize(1);
    }
  }

  @Test
  void shouldNeedNoListOfChannelsOnceAPostHasToldTheId() {
    try (ChatChannel named = channelTo(slack.apiUrl(), SlackDouble.CHANNEL_NAME)) {
      named.post(card(), MARKER);

      assertThat(named.find(named.target(), Optional.empty(), MARKER, NOW))
          .isInstanceOf(FindResult.Found.class);
      assertThat(slack.calls("conversations.list")).isEmpty();
    }
  }

  @Test
  void shouldSayLaterWhenALookUpFails() {
    slack.next(
        "conversations.history",
        new Fault.RateLimited(3),
        new Fault.HangsUp(false),
        new Fault.Status(503, "down"));

    assertThat(channel.find(channel.target(), Optional.empty(), MARKER, NOW))
        .isEqualTo(new RetryLater(Duration.ofSeconds(3), "429 Too Many Requests"));
    assertThat(channel.find(channel.target(), Optional.empty(), MARKER, NOW))
        .isInstanceOf(RetryLater.class);
    assertThat(channel.find(channel.target(), Optional.empty(), MARKER, NOW))
        .isInstanceOf(RetryLater.class);
  }

  @Test
  void shouldSayAbsentWhenTheThreadIsNoMore() {
    MessageRef gone = new MessageRef(SlackDouble.CHANNEL_ID, "1.000001");

    assertThat(channel.find(channel.target(), Optional.of(gone), MARKER, NOW))
        .isEqualTo(new FindResult.Absent());
  }

  @Test
  void shouldTakeAMessageForGoneWhenItIsInAChannelOfBeforeThatIsOutOfReach() {
    MessageRef before = new MessageRef("C0BEFORE001", "1.000001");

    assertThat(((Rejected) channel.edit(before, card(), MARKER)).scope()).isEqualTo(Scope.GONE);
    assertThat(((Rejected) channel.reply(before, note(), MARKER)).scope()).isEqualTo(Scope.GONE);
  }

  @Test
  void shouldNotTakeAMessageForGoneWhenTheTokenIsWrong() {
    slack.accept("xoxb-another");
    MessageRef before = new MessageRef("C0BEFORE001", "1.000001");

    assertThat(((Rejected) channel.edit(before, card(), MARKER)).scope()).isEqualTo(Scope.CHANNEL);
  }

  @Test
  void shouldEndACallThatIsUnderWayWhenItIsClosed() throws Exception {
    slack.next("chat.postMessage", new Fault.Hangs(true));
    CompletableFuture<SendResult> result =
        CompletableFuture.supplyAsync(() -> channel.post(card(), MARKER));
    await().until(() -> !slack.messages().isEmpty());

    channel.close();
    channel.close();

    assertThat(result.get(5, TimeUnit.SECONDS)).isInstanceOf(Unknown.class);
  }

  private static ChangeNote note() {
    return new ChangeNote(card(), List.of(new Change.Resolved(Duration.ofMinutes(3))));
  }
}
