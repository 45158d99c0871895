package io.causeline.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.chat.MemoryLog.Crash;
import io.causeline.bridge.chat.slack.SlackChannel;
import io.causeline.bridge.chat.slack.SlackDouble;
import io.causeline.bridge.chat.slack.SlackDouble.Call;
import io.causeline.bridge.chat.slack.SlackDouble.Fault;
import io.causeline.bridge.chat.slack.SlackDouble.Message;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One channel with its books, against the double of Slack: what goes wrong, and what is left. */
class ChannelWorkerTest {

  private static final String ID = TestIncident.open().build().id();

  private final SteppedClock clock = new SteppedClock(TestIncident.START.plusSeconds(120));
  private final SlackDouble slack = SlackDouble.start(clock);
  private final ChatChannel channel =
      new SlackChannel(
          slack.apiUrl(),
          Optional.empty(),
          SlackDouble.TOKEN,
          SlackDouble.CHANNEL_ID,
          new Wording(Language.EN));
  private final ChannelBench bench = new ChannelBench(channel, clock);

  @AfterEach
  void close() {
    channel.close();
    slack.close();
  }

  private static TestIncident revision(int revision) {
    return TestIncident.open().revision(revision);
  }

  private static Incident worse(int revision) {
    return revision(revision).severity(Severity.CRITICAL).build();
  }

  private static Incident resolved(int revision) {
    return revision(revision).resolvedAfter(Duration.ofMinutes(12)).build();
  }

  private List<String> thread() {
    return slack.replies(slack.messageOf(ID)).stream().map(Message::blockText).toList();
  }

  private double metric(String name, Map<String, String> labels) {
    Double value = bench.metrics.value(name, labels);
    return value == null ? 0 : value;
  }

  @Test
  void shouldLeaveOneMessageInItsResolvedStateWithItsThread() {
    for (Incident incident : List.of(revision(1).build(), worse(2), resolved(3))) {
      bench.publish(incident);
      bench.settle();
    }

    assertThat(slack.messages()).hasSize(1);
    assertThat(slack.messageOf(ID).blockText()).contains("resolved", "after 12 min");
    assertThat(thread())
        .containsExactly("⬆️ Severity raised: warning → critical", "✅ Resolved after 12 min");
    assertThat(bench.worker.firstOffset(ChannelBench.PARTITION)).isEqualTo(OptionalLong.empty());
  }

  @Test
  void shouldSendOnlyTheLatestStateWhenTheChatIsBack() {
    bench.publish(revision(1).build());
    bench.settle();
    slack.always("chat.update", new Fault.Status(503, "down"));
    slack.always("chat.postMessage", new Fault.NotOk("service_unavailable"));
    for (int i = 2; i <= 40; i++) {
      bench.publish(revision(i).severity(Severity.CRITICAL).title("state " + i).build());
      bench.publish(revision(1).numbered(100 + i % 5).title("other " + i).build());
      bench.stepNow();
      clock.advance(Duration.ofSeconds(7));
    }
    assertThat(bench.worker.pending()).isEqualTo(6);
    assertThat(bench.worker.trouble()).isNotEmpty();

    slack.heal();
    int callsBefore = slack.calls().size();
    bench.settle();

    assertThat(slack.messages()).hasSize(6);
    assertThat(slack.messageOf(ID).blockText()).contains("state 40");
    assertThat(thread()).containsExactly("⬆️ Severity raised: warning → critical");
    assertThat(slack.calls().size() - callsBefore).isEqualTo(7);
    assertThat(bench.worker.trouble()).isEmpty();
  }

  @Test
  void shouldPostAnIncidentThatCameAndWentWhileTheChatWasOut() {
    slack.always("chat.postMessage", new Fault.NotOk("service_unavailable"));
    bench.publish(revision(1).build());
    bench.stepNow();
    bench.publish(resolved(2));

    slack.heal();
    bench.settle();

    assertThat(slack.messageOf(ID).blockText()).contains("resolved");
  }

  @Test
  void shouldNotPostWhatWasOverWhenItWasFirstSeen() {
    bench.publish(resolved(4));
    bench.publish(revision(2).numbered(7).mergedInto(ID).build());
    bench.publish(revision(1).numbered(8).severity(Severity.INFO).build(), Severity.WARNING);
    bench.settle();

    assertThat(slack.calls()).isEmpty();
    assertThat(bench.log.isEmpty()).isTrue();
  }

  @Test
  void shouldLeaveSlackAloneForAsLongAsItAsks() {
    slack.next("chat.postMessage", new Fault.RateLimited(30));
    bench.publish(revision(1).build());
    bench.publish(revision(1).numbered(2).build());
    Instant asked = clock.instant();

    bench.settle();

    List<Call> calls = slack.calls("chat.postMessage");
    assertThat(calls).hasSize(3);
    assertThat(calls.get(1).at()).isEqualTo(asked.plusSeconds(30));
    assertThat(slack.calls("conversations.history")).isEmpty();
    assertThat(slack.messages()).hasSize(2);
  }

  @Test
  void shouldStayWithinAMessageASecondWhenManyIncidentsOpen() {
    slack.limitRate(Duration.ofSeconds(1));
    for (int i = 1; i <= 12; i++) {
      bench.publish(revision(1).numbered(i).build());
    }

    bench.settle();

    assertThat(slack.messages()).hasSize(12);
    List<Call> calls = slack.calls();
    for (int i = 1; i < calls.size(); i++) {
      assertThat(Duration.between(calls.get(i - 1).at(), calls.get(i).at()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void shouldPostNewIncidentsBeforeItEditsOldOnes() {
    bench.publish(revision(1).build());
    bench.settle();
    bench.publish(resolved(2));
    bench.publish(revision(1).numbered(2).build());
    clock.advance(Duration.ofSeconds(5));

    bench.worker.step();

    assertThat(slack.messages()).hasSize(2);
    assertThat(slack.calls("chat.update")).isEmpty();
  }

  @Test
  void shouldFindTheMessageAndNotPostAgainWhenTheAnswerWasLost() {
    slack.next("chat.postMessage", new Fault.HangsUp(true));
    bench.publish(revision(1).build());
    bench.stepNow();
    assertThat(slack.calls("conversations.history")).isEmpty();

    bench.settle();
    bench.publish(resolved(2));
    bench.settle();

    assertThat(slack.messages()).hasSize(1);
    assertThat(slack.messageOf(ID).blockText()).contains("resolved");
    assertThat(slack.calls("conversations.history")).hasSize(1);
    Duration waited =
        Duration.between(
            slack.calls("chat.postMessage").get(0).at(),
            slack.calls("conversations.history").get(0).at());
    assertThat(waited).isGreaterThanOrEqualTo(channel.capabilities().settling());
  }

  @Test
  void shouldGoOnPostingWhenLookUpsAreLimited() {
    slack.next("chat.postMessage", new Fault.HangsUp(true));
    slack.next("conversations.history", new Fault.RateLimited(600));
    bench.publish(revision(1).build());
    bench.stepNow();
    clock.advance(channel.capabilities().settling());
    bench.stepNow();
    bench.publish(revision(1).numbered(2).build());
    clock.advance(Duration.ofSeconds(2));
    bench.stepNow();
    assertThat(slack.messages()).hasSize(2);

    bench.settle();

    assertThat(slack.messages()).hasSize(2);
    assertThat(slack.calls("conversations.history")).hasSize(2);
  }

  @Test
  void shouldPostAgainWhenTheMessageIsNotThere() {
    slack.next("chat.postMessage", new Fault.HangsUp(false), new Fault.Status(502, "bad"));
    bench.publish(revision(1).build());

    bench.settle();

    assertThat(slack.messages()).hasSize(1);
    assertThat(slack.calls("chat.postMessage")).hasSize(3);
    assertThat(slack.calls("conversations.history")).hasSize(2);
  }

  @Test
  void shouldFindTheReplyAndNotReplyAgainWhenTheAnswerWasLost() {
    bench.publish(revision(1).build());
    bench.settle();
    slack.next("chat.postMessage", new Fault.Garbage(true));
    bench.publish(worse(2));

    bench.settle();

    assertThat(thread()).containsExactly("⬆️ Severity raised: warning → critical");
    assertThat(slack.calls("conversations.replies")).hasSize(1);
  }

  @Test
  void shouldEditAgainWhenTheAnswerWasLost() {
    bench.publish(revision(1).build());
    bench.settle();
    slack.next("chat.update", new Fault.HangsUp(true), new Fault.HangsUp(false));
    bench.publish(resolved(2));

    bench.settle();

    assertThat(slack.messages()).hasSize(1);
    assertThat(slack.messageOf(ID).edits()).isEqualTo(2);
    assertThat(thread()).hasSize(1);
  }

  @Test
  void shouldNotDoubleAnythingWhereverTheProcessDies() {
    List<Incident> life = List.of(revision(1).build(), worse(2), resolved(3));
    for (int at = 1; at <= 9; at++) {
      for (boolean before : List.of(true, false)) {
        try (SlackDouble fresh = SlackDouble.start(clock);
            ChatChannel freshChannel =
                new SlackChannel(
                    fresh.apiUrl(),
                    Optional.empty(),
                    SlackDouble.TOKEN,
                    "#" + SlackDouble.CHANNEL_NAME,
                    new Wording(Language.EN))) {
          ChannelBench b = new ChannelBench(freshChannel, clock);
          b.log.crashAt(at, before);
          for (Incident incident : life) {
            b.publish(incident);
            try {
              b.settle();
            } catch (Crash crash) {
              b.restart();
              b.settle();
            }
          }
          b.restart();
          b.settle();

          String where = "crash " + (before ? "before" : "after") + " write " + at;
          assertThat(fresh.messages()).as(where).hasSize(1);
          assertThat(fresh.messageOf(ID).blockText()).as(where).contains("resolved");
          assertThat(fresh.replies(fresh.messageOf(ID)).stream().map(Message::blockText))
              .as(where)
              .containsExactly("⬆️ Severity raised: warning → critical", "✅ Resolved after 12 min");
        }
      }
    }
  }

  @Test
  void shouldChangeNothingWhenItIsOnlyRestarted() {
    bench.publish(revision(1).build());
    bench.settle();
    int calls = slack.calls().size();

    bench.restart();
    bench.settle();

    assertThat(slack.calls()).hasSize(calls);
  }

  @Test
  void shouldWaitForTheTokenToBeMendedAndSaySo() {
    slack.accept("xoxb-new");
    bench.publish(revision(1).build());
    bench.stepNow();
    assertThat(bench.worker.trouble()).contains("invalid_auth", "token-file");
    assertThat(metric("causeline_chat_up", Map.of("channel", "slack"))).isZero();
    for (int i = 0; i < 30; i++) {
      clock.advance(Duration.ofMinutes(1));
      bench.stepNow();
    }
    assertThat(slack.calls().size()).isBetween(6, 12);

    slack.accept(SlackDouble.TOKEN);
    bench.settle();

    assertThat(slack.messages()).hasSize(1);
    assertThat(metric("causeline_chat_up", Map.of("channel", "slack"))).isEqualTo(1);
    assertThat(bench.worker.trouble()).isEmpty();
  }

  @Test
  void shouldTellTheOthersWhenOneMessageIsNotTaken() {
    slack.next(
        "chat.postMessage", new Fault.NotOk("invalid_blocks"), new Fault.NotOk("invalid_blocks"));
    bench.publish(revision(1).build());
    bench.publish(revision(1).numbered(2).build());
    bench.stepNow();
    clock.advance(Duration.ofSeconds(2));
    bench.stepNow();
    assertThat(slack.messages()).hasSize(1);

    bench.settle();

    assertThat(slack.messages()).hasSize(2);
  }

  @Test
  void shouldSendNothingThatItCannotWriteDownFirst() {
    bench.log.down(true);
    bench.publish(revision(1).build());
    for (int i = 0; i < 10; i++) {
      bench.stepNow();
      clock.advance(Duration.ofSeconds(3));
    }
    assertThat(slack.calls()).isEmpty();
    assertThat(bench.worker.trouble()).contains("Kafka");

    bench.log.down(false);
    bench.settle();

    assertThat(slack.messages()).hasSize(1);
  }

  @Test
  void shouldWriteDownLaterWhatItCouldNotWriteDownAtOnce() {
    bench.publish(revision(1).build());
    bench.settle();
    bench.publish(worse(2));
    bench.log.crashAt(-1, false);
    clock.advance(Duration.ofMinutes(1));
    bench.worker.step(); // edits
    bench.log.down(true);
    clock.advance(Duration.ofMinutes(1));
    bench.stepNow();
    bench.log.down(false);

    bench.settle();
    bench.restart();
    bench.settle();

    assertThat(thread()).hasSize(1);
    assertThat(slack.messageOf(ID).edits()).isEqualTo(1);
  }

  @Test
  void shouldNotTellWhatIsTakenBackSoon() {
    Incident other =
        revision(2)
            .hypothesis("x", "Another cause", EntityRef.of("Node", null, "worker-4"), 0.5)
            .build();
    bench.publish(revision(1).build());
    bench.settle();
    bench.publish(other);
    bench.stepNow();
    clock.advance(Duration.ofSeconds(5));
    bench.stepNow();
    assertThat(slack.messageOf(ID).blockText()).contains("Another cause");

    bench.publish(revision(3).build());
    bench.settle();

    assertThat(slack.messageOf(ID).blockText()).doesNotContain("Another cause");
    assertThat(thread()).isEmpty();
  }

  @Test
  void shouldIgnoreAnOlderRevision() {
    bench.publish(resolved(5));
    bench.publish(revision(4).build());
    bench.settle();
    bench.publish(resolved(6));
    bench.settle();
    int calls = slack.calls().size();

    bench.publish(worse(3));
    bench.settle();

    assertThat(slack.calls()).hasSize(calls);
  }

  @Test
  void shouldPostAnewWhenTheMessageWasRemovedAndItGotWorse() {
    bench.publish(revision(1).build());
    bench.settle();
    slack.remove(slack.messageOf(ID));
    bench.publish(revision(2).title("other words").build());
    bench.settle();
    assertThat(slack.messages()).isEmpty();

    bench.publish(worse(3));
    bench.settle();

    assertThat(slack.messageOf(ID).blockText()).contains("CRITICAL");
    assertThat(thread()).isEmpty();
  }

  @Test
  void shouldForgetAnIncidentWhenItsRetentionIsOver() {
    bench.publish(resolved(2));
    bench.publish(revision(1).build());
    bench.settle();
    IncidentRef ref = ChannelBench.ref(resolved(2));
    assertThat(bench.log.state(ref, "slack")).isPresent();

    bench.forget(resolved(2));
    bench.settle();

    assertThat(bench.log.state(ref, "slack")).isEmpty();
    assertThat(bench.worker.pending()).isZero();
  }

  @Test
  void shouldGiveUpAPartitionWithAllItKnowsOfIt() {
    bench.publish(revision(1).build());

    bench.worker.release(ChannelBench.PARTITION, Duration.ofSeconds(1));
    bench.worker.step();

    assertThat(bench.worker.pending()).isZero();
    assertThat(slack.calls()).isEmpty();
  }

  @Test
  void shouldHoldTheOffsetOfTheFirstRecordThatIsNotDealtWith() {
    slack.always("chat.postMessage", new Fault.NotOk("service_unavailable"));
    bench.publish(revision(1).build());
    bench.publish(revision(1).numbered(2).build());
    bench.publish(worse(2));
    bench.stepNow();

    assertThat(bench.worker.firstOffset(ChannelBench.PARTITION)).isEqualTo(OptionalLong.of(0));
    assertThat(bench.worker.firstOffset(4)).isEqualTo(OptionalLong.empty());
  }
}
