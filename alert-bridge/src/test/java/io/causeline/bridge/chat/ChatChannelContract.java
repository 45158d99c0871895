package io.causeline.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.bridge.chat.SendResult.Rejected;
import io.causeline.bridge.chat.SendResult.RetryLater;
import io.causeline.bridge.chat.SendResult.Scope;
import io.causeline.bridge.chat.SendResult.Sent;
import io.causeline.bridge.chat.SendResult.Unknown;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident.Check;
import io.causeline.model.Incident.Fix;
import io.causeline.model.Incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ChatChannel} must do. Another channel passes it by a test class that extends
 * this one, over a local double of its chat.
 */
public abstract class ChatChannelContract {

  /** How the double misbehaves at the next call. */
  public enum Failure {
    /** Too many messages; to be left alone for 7 s if the chat can say so. */
    RATE_LIMITED,
    /** It takes nothing until a person acts. */
    REFUSED,
    /** The connection breaks after the message was taken. */
    TAKEN_WITHOUT_ANSWER,
    /** The connection breaks before the message was taken. */
    LOST_WITHOUT_ANSWER,
    /** No answer for longer than the channel waits. */
    SLOW
  }

  /** The channel. */
  protected abstract ChatChannel channel();

  /** The same, with time-outs so short that a test can wait for them. */
  protected abstract ChatChannel impatient();

  /** A channel to a place where nothing listens. */
  protected abstract ChatChannel unreachable();

  protected abstract void failNext(Failure failure);

  /** What people can read, a message an entry, in the channel's own form, without replies. */
  protected abstract List<String> messages();

  /** Fails if something in it mentions someone or links where only text was given. */
  protected abstract void assertInert(String message);

  /** What must not show up in any result. */
  protected abstract List<String> secrets();

  protected static final Instant NOW = TestIncident.START.plusSeconds(300);

  private static final Marker MARKER =
      new Marker("0a1b2c3d-000000000001", NotificationState.MESSAGE, 1);

  private static IncidentCard card(TestIncident incident) {
    return IncidentCard.of(incident.build(), null);
  }

  @Test
  void shouldShowOneMessageWhenItPosts() {
    SendResult result = channel().post(card(TestIncident.open()), MARKER);

    assertThat(result).isInstanceOf(Sent.class);
    assertThat(messages()).hasSize(1);
    assertThat(messages().get(0))
        .contains("Node worker-3 is not ready")
        .contains("Node worker-3 is down")
        .contains("83 %")
        .contains("kubectl describe node worker-3");
  }

  @Test
  void shouldStayInertWhenTextIsHostile() {
    String hostile =
        "<!channel> <@U012AB3CD> <!subteam^S1> @here <https://evil.example|runbook> `x` ```"
            + " *now* \u202Eesrever\u202C &amp; </section>";
    TestIncident incident =
        TestIncident.open()
            .title(hostile)
            .hypothesis(
                "unknown",
                hostile,
                EntityRef.of("Pod", "ns", hostile),
                0.5,
                List.of(new Check(hostile, "kubectl get pod " + hostile)),
                List.of(new Fix(hostile, hostile, hostile)))
            .hits("Pod", hostile, hostile)
            .alert(hostile, hostile, "javascript:alert(1)", "https://u:p@evil.example/x");

    SendResult result = channel().post(card(incident), MARKER);

    assertThat(result).isInstanceOf(Sent.class);
    assertThat(messages()).hasSize(1);
    assertInert(messages().get(0));
    assertThat(messages().get(0)).doesNotContain("\u202E", "javascript:");
  }

  @Test
  void shouldFitTheChannelWhenEverythingIsLong() {
    String longText = "\"<&>\" ".repeat(400);
    TestIncident incident =
        TestIncident.open()
            .title(longText)
            .hypothesis(
                "bad-rollout",
                longText,
                EntityRef.of("Deployment", "ns", "x".repeat(250)),
                0.5,
                List.of(new Check(longText, "kubectl ".repeat(100))),
                List.of(new Fix(longText, "kubectl & ".repeat(100), longText)))
            .hypothesis("unknown", longText, EntityRef.singleton("Cluster"), 0.2);
    for (int i = 0; i < 500; i++) {
      incident.hits("Pod", "n".repeat(60), "p".repeat(240) + i);
    }
    for (int i = 0; i < 30; i++) {
      incident.alert("Alert" + i, longText, "https://r.example/" + "y".repeat(1500), null);
    }

    SendResult result = channel().post(card(incident), MARKER);

    assertThat(result).isInstanceOf(Sent.class);
    assertThat(messages().get(0)).contains(" more");
    assertThat(messages().get(0).length())
        .isLessThanOrEqualTo(2 * channel().capabilities().maxCharacters());
  }

  @Test
  void shouldAskForPatienceWhenTheChatDoes() {
    failNext(Failure.RATE_LIMITED);

    SendResult result = channel().post(card(TestIncident.open()), MARKER);

    assertThat(result).isInstanceOf(RetryLater.class);
    assertThat(((RetryLater) result).after()).isIn(Duration.ofSeconds(7), Duration.ZERO);
    assertThat(messages()).isEmpty();
  }

  @Test
  void shouldSayRejectedWhenAPersonMustAct() {
    failNext(Failure.REFUSED);

    SendResult result = channel().post(card(TestIncident.open()), MARKER);

    assertThat(result).isInstanceOf(Rejected.class);
    assertThat(((Rejected) result).scope()).isEqualTo(Scope.CHANNEL);
    assertThat(((Rejected) result).reason()).isNotBlank();
    assertThat(messages()).isEmpty();
  }

  @Test
  void shouldSayUnknownAndNotTryAgainWhenTheConnectionBreaks() {
    failNext(Failure.TAKEN_WITHOUT_ANSWER);

    SendResult result = channel().post(card(TestIncident.open()), MARKER);

    assertThat(result).isInstanceOf(Unknown.class);
    assertThat(messages()).hasSize(1);
  }

  @Test
  void shouldSayUnknownWhenTheAnswerDoesNotCome() {
    try (ChatChannel impatient = impatient()) {
      failNext(Failure.SLOW);

      SendResult result = impatient.post(card(TestIncident.open()), MARKER);

      assertThat(result).isInstanceOf(Unknown.class);
      assertThat(secrets()).noneMatch(secret -> result.toString().contains(secret));
    }
  }

  @Test
  void shouldSayLaterWhenNothingListens() {
    try (ChatChannel unreachable = unreachable()) {
      SendResult result = unreachable.post(card(TestIncident.open()), MARKER);

      assertThat(result).isInstanceOf(RetryLater.class);
      assertThat(secrets()).noneMatch(secret -> result.toString().contains(secret));
    }
  }

  @Test
  void shouldTellNoSecretWhenItFails() {
    for (Failure failure : EnumSet.complementOf(EnumSet.of(Failure.SLOW))) {
      failNext(failure);

      SendResult result = channel().post(card(TestIncident.open()), MARKER);

      assertThat(secrets())
          .as("%s: %s", failure, result)
          .noneMatch(secret -> result.toString().contains(secret))
          .noneMatch(secret -> channel().target().contains(secret));
    }
  }

  @Test
  void shouldWorkAgainWhenAFailureIsOver() {
    failNext(Failure.LOST_WITHOUT_ANSWER);
    SendResult lost = channel().post(card(TestIncident.open()), MARKER);

    SendResult result = channel().post(card(TestIncident.open()), MARKER);

    assertThat(lost).isInstanceOf(Unknown.class);
    assertThat(result).isInstanceOf(Sent.class);
    assertThat(messages()).hasSize(1);
  }

  @Test
  void shouldChangeTheMessageInPlaceWhenItCanEdit() {
    Sent sent = (Sent) channel().post(card(TestIncident.open()), MARKER);
    IncidentCard resolved =
        card(TestIncident.open().revision(2).resolvedAfter(Duration.ofMinutes(12)));
    if (!channel().capabilities().edit()) {
      assertThatThrownBy(() -> channel().edit(sent.message(), resolved, MARKER))
          .isInstanceOf(UnsupportedOperationException.class);
      return;
    }

    SendResult result = channel().edit(sent.message(), resolved, MARKER);

    assertThat(result).isEqualTo(new Sent(sent.message()));
    assertThat(messages()).hasSize(1);
    assertThat(messages().get(0)).contains("resolved").contains("12 min");
  }

  @Test
  void shouldTellWhatChangedBesideTheMessage() {
    Sent sent = (Sent) channel().post(card(TestIncident.open()), MARKER);
    ChangeNote note =
        new ChangeNote(
            card(TestIncident.open().severity(Severity.CRITICAL)),
            List.of(new Change.SeverityRaised(Severity.WARNING, Severity.CRITICAL)));
    Marker marker = new Marker(MARKER.incident(), NotificationState.reply(2), 2);
    if (!channel().capabilities().thread()) {
      assertThat(channel().followUp(note, marker)).isInstanceOf(Sent.class);
      assertThat(messages()).hasSize(2);
      assertThat(messages().get(1)).contains("warning → critical");
      return;
    }

    SendResult result = channel().reply(sent.message(), note, marker);

    assertThat(result).isInstanceOf(Sent.class);
    assertThat(messages()).hasSize(1);
  }

  @Test
  void shouldFindWhatItSentAndNothingElseWhenItCanLookUp() {
    if (!channel().capabilities().lookup()) {
      assertThatThrownBy(() -> channel().find("x", Optional.empty(), MARKER, NOW))
          .isInstanceOf(UnsupportedOperationException.class);
      return;
    }
    ChatChannel channel = channel();
    FindResult before = channel.find(channel.target(), Optional.empty(), MARKER, NOW);
    Sent sent = (Sent) channel.post(card(TestIncident.open()), MARKER);
    Marker other = new Marker("0a1b2c3d-000000000002", NotificationState.MESSAGE, 1);
    Marker reply = new Marker(MARKER.incident(), NotificationState.reply(2), 2);

    assertThat(before).isEqualTo(new FindResult.Absent());
    assertThat(channel.find(channel.target(), Optional.empty(), MARKER, NOW))
        .isEqualTo(new FindResult.Found(sent.message()));
    assertThat(channel.find(channel.target(), Optional.empty(), other, NOW))
        .isEqualTo(new FindResult.Absent());
    assertThat(channel.find(channel.target(), Optional.of(sent.message()), reply, NOW))
        .isEqualTo(new FindResult.Absent());
  }
}
