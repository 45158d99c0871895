package io.causeline.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.bridge.chat.slack.SlackDouble;
import io.causeline.bridge.chat.slack.SlackDouble.Call;
import io.causeline.bridge.chat.slack.SlackDouble.Fault;
import io.causeline.bridge.chat.slack.SlackWebhook;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel that can only post: nothing is lost, and doubles are rare. */
class WebhookDeliveryTest {

  private final SteppedClock clock = new SteppedClock(TestIncident.START.plusSeconds(120));
  private final SlackDouble slack = SlackDouble.start(clock);
  private final ChatChannel channel =
      new SlackWebhook(slack.webhookUrl(), Optional.empty(), new Wording(Language.EN));
  private final ChannelBench bench = new ChannelBench(channel, clock);

  @AfterEach
  void close() {
    channel.close();
    slack.close();
  }

  private static TestIncident revision(int revision) {
    return TestIncident.open().revision(revision);
  }

  private List<String> messages() {
    return slack.messages().stream().map(SlackDouble.Message::blockText).toList();
  }

  @Test
  void shouldFollowUpWhatMattersAndNothingElse() {
    bench.publish(revision(1).build());
    bench.settle();
    bench.publish(revision(2).title("other words").build());
    bench.settle();
    bench.publish(revision(3).state(State.ACKNOWLEDGED).build());
    bench.settle();
    bench.publish(revision(4).severity(Severity.CRITICAL).build());
    bench.settle();
    bench.publish(revision(5).resolvedAfter(Duration.ofMinutes(4)).build());
    bench.settle();

    assertThat(messages()).hasSize(3);
    assertThat(messages().get(1)).contains("Severity raised: warning → critical");
    assertThat(messages().get(2)).contains("Resolved after 4 min");
  }

  @Test
  void shouldPostAgainAfterGrowingWaitsWhenNoAnswerComes() {
    slack.next(
        "webhook", new Fault.HangsUp(false), new Fault.HangsUp(false), new Fault.HangsUp(false));
    bench.publish(revision(1).build());

    bench.settle();

    assertThat(messages()).hasSize(1);
    List<Instant> at = slack.calls("webhook").stream().map(Call::at).toList();
    assertThat(at).hasSize(4);
    assertThat(Duration.between(at.get(0), at.get(1))).isEqualTo(Duration.ofMinutes(1));
    assertThat(Duration.between(at.get(1), at.get(2))).isEqualTo(Duration.ofMinutes(2));
    assertThat(Duration.between(at.get(2), at.get(3))).isEqualTo(Duration.ofMinutes(4));
  }

  @Test
  void shouldLoseNothingWhenTheProcessDiesBetweenPostAndBooks() {
    slack.next("webhook", new Fault.HangsUp(false));
    bench.publish(revision(1).build());
    bench.stepNow();

    bench.restart();
    bench.settle();

    assertThat(messages()).hasSize(1);
  }

  @Test
  void shouldWaitOutAnOutageAndThenPostOnce() {
    slack.always("webhook", new Fault.Status(503, "down"));
    for (int i = 1; i < 20; i++) {
      bench.publish(revision(i).title("state " + i).build());
      bench.stepNow();
      clock.advance(Duration.ofSeconds(30));
    }

    slack.heal();
    bench.settle();

    assertThat(messages()).hasSize(1);
    assertThat(messages().get(0)).contains("state 19");
  }
}
