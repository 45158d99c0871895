package io.causeline.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.causeline.bridge.chat.SendResult.Rejected;
import io.causeline.bridge.chat.SendResult.RetryLater;
import io.causeline.bridge.chat.SendResult.Scope;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Topics;
import io.causeline.service.Health;
import io.causeline.service.Health.Status;
import io.causeline.service.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatNotifierTest {

  private static final String CLUSTER = TestIncident.open().build().cluster();
  private static final RetryLater OUT = new RetryLater(Duration.ofMillis(20), "the chat is out");

  private final MemoryKafka kafka = new MemoryKafka();
  private final MemoryChannel chat = new MemoryChannel("memory");
  private final Metrics metrics = new Metrics();
  private Health health = new Health();
  private ChatNotifier notifier;

  @BeforeEach
  void pollOften() {
    Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    if (notifier != null) {
      notifier.close();
    }
    Awaitility.reset();
  }

  private void start(ChatChannel... channels) {
    health = new Health();
    notifier =
        ChatNotifier.start(
            List.of(channels),
            new ChatRules(Severity.INFO, null),
            kafka,
            InstantSource.system(),
            metrics,
            health);
  }

  private void restart() {
    notifier.close();
    start(chat);
  }

  private static TestIncident incident(int number, int revision) {
    return TestIncident.open().numbered(number).revision(revision).title("i" + number);
  }

  private static Incident resolved(int number, int revision) {
    return incident(number, revision).resolvedAfter(Duration.ofMinutes(3)).build();
  }

  private void awaitCommitted(long offset) {
    await().until(() -> kafka.committed("memory", CLUSTER) == offset);
  }

  @Test
  void shouldPostWhatIsPublishedAndCommitItThen() {
    start(chat);
    kafka.publish(incident(1, 1).build());
    await().until(() -> chat.messages().equals(List.of("i1: open")));

    kafka.publish(resolved(1, 2));
    await().until(() -> chat.messages().equals(List.of("i1: resolved")));

    awaitCommitted(2);
    await().until(() -> chat.replies().equals(List.of("resolved")));
    assertThat(kafka.records(Topics.NOTIFICATIONS))
        .allSatisfy(r -> assertThat(r.key()).isEqualTo(CLUSTER + "/0a1b2c3d-000000000001/memory"));
  }

  @Test
  void shouldPostOnlyWhatGoesOnWhenItStartsForTheFirstTime() {
    kafka.publish(incident(1, 1).build());
    kafka.publish(resolved(1, 2));
    kafka.publish(incident(2, 1).build());

    start(chat);

    awaitCommitted(3);
    assertThat(chat.messages()).containsExactly("i2: open");
  }

  @Test
  void shouldPostWhatCameAndWentWhileItStartedForTheFirstTime() {
    kafka.publish(incident(1, 1).build());
    kafka.publish(resolved(1, 2));
    kafka.publishAt(System.currentTimeMillis() + 60_000);
    kafka.publish(incident(2, 1).build());
    kafka.publish(resolved(2, 2));

    start(chat);

    awaitCommitted(4);
    assertThat(chat.messages()).containsExactly("i2: resolved");
  }

  @Test
  void shouldPostWhatCameAndWentWhileItWasDown() {
    start(chat);
    kafka.publish(incident(1, 1).build());
    awaitCommitted(1);
    notifier.close();
    kafka.publish(incident(2, 1).build());
    kafka.publish(resolved(2, 2));

    start(chat);

    awaitCommitted(3);
    assertThat(chat.messages()).containsExactly("i1: open", "i2: resolved");
  }

  @Test
  void shouldCommitNothingThatIsNotDoneWhileTheChatIsOut() {
    start(chat);
    kafka.publish(incident(1, 1).build());
    awaitCommitted(1);
    chat.fail(OUT);
    kafka.publish(incident(2, 1).build());
    kafka.publish(resolved(1, 2));
    await().until(() -> chat.calls() > 3);
    assertThat(kafka.committed("memory", CLUSTER)).isEqualTo(1);

    restart();
    await().until(() -> chat.calls() > 6);
    assertThat(kafka.committed("memory", CLUSTER)).isEqualTo(1);
    chat.fail(null);

    awaitCommitted(3);
    assertThat(chat.messages()).containsExactlyInAnyOrder("i1: resolved", "i2: open");
  }

  @Test
  void shouldChangeNothingWhenItIsRestarted() {
    start(chat);
    kafka.publish(incident(1, 1).build());
    awaitCommitted(1);
    int calls = chat.calls();

    restart();
    kafka.publish(incident(2, 1).build());
    awaitCommitted(2);

    assertThat(chat.calls()).isEqualTo(calls + 1);
  }

  @Test
  void shouldNotPostAgainWhenItsPlaceInTheTopicIsLost() {
    start(chat);
    kafka.publish(incident(1, 1).build());
    awaitCommitted(1);
    notifier.close();
    kafka.loseOffsets();
    kafka.publish(resolved(1, 2));
    kafka.publish(incident(2, 1).build());
    kafka.publish(resolved(2, 2));

    start(chat);

    awaitCommitted(4);
    assertThat(chat.messages()).containsExactly("i1: resolved");
  }

  @Test
  void shouldPutAwayWhatCannotBeReadAndGoOn() {
    start(chat);
    String key = Topics.incidentKey(CLUSTER, "0a1b2c3d-000000000001");
    kafka.append(Topics.INCIDENTS, key, bytes("{\"id\":"), Optional.empty());
    kafka.append(Topics.INCIDENTS, key, bytes("{\"id\":\"x\"}"), Optional.empty());
    kafka.append(Topics.INCIDENTS, CLUSTER, bytes("{}"), Optional.empty());
    kafka.publish(incident(2, 1).build());

    await().until(() -> chat.messages().equals(List.of("i2: open")));

    assertThat(kafka.records(Topics.DEAD_LETTERS)).hasSize(3);
    assertThat(kafka.records(Topics.DEAD_LETTERS).get(0).headers().lastHeader("causeline-reason"))
        .isNotNull();
    assertThat(
            metrics.value(
                "causeline_chat_records_total",
                Map.of("channel", "memory", "outcome", "dead-letter")))
        .isEqualTo(3);
    awaitCommitted(4);
  }

  @Test
  void shouldPutAwayAnIncidentWhenItLiesInAnotherPartitionThanItsClusters() {
    start(chat);
    int own = MemoryKafka.partitionOf(CLUSTER);
    kafka.publish(incident(1, 1).build());
    kafka.publishTo(1 - own, incident(1, 1).build());
    kafka.publishTo(1 - own, incident(3, 1).build());
    kafka.publish(incident(2, 1).build());

    await().until(() -> kafka.records(Topics.DEAD_LETTERS).size() == 2);
    await().until(() -> chat.messages().size() == 2);

    assertThat(chat.messages()).containsExactly("i1: open", "i2: open");
    assertThat(
            new String(
                kafka
                    .records(Topics.DEAD_LETTERS)
                    .get(0)
                    .headers()
                    .lastHeader("causeline-reason")
                    .value(),
                StandardCharsets.UTF_8))
        .contains("belongs to partition " + own);
  }

  @Test
  void shouldStopWhereANewerVersionBegins() {
    start(chat);
    kafka.publish(incident(1, 1).build());
    awaitCommitted(1);
    kafka.append(
        Topics.INCIDENTS,
        Topics.incidentKey(CLUSTER, "0a1b2c3d-000000000002"),
        bytes("{}"),
        Optional.of("2"));
    kafka.publish(incident(3, 1).build());

    await().until(() -> health.ready().status() == Status.DOWN);

    assertThat(health.ready().checks().get(0).detail()).contains("schema version 2");
    assertThat(chat.messages()).containsExactly("i1: open");
    assertThat(kafka.committed("memory", CLUSTER)).isEqualTo(1);
    assertThat(kafka.records(Topics.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void shouldSendNothingOfAPartitionWhenANewerVersionKeptItsBooks() {
    String other = MemoryKafka.partitionOf("x") == MemoryKafka.partitionOf(CLUSTER) ? "y" : "x";
    assertThat(MemoryKafka.partitionOf(other)).isNotEqualTo(MemoryKafka.partitionOf(CLUSTER));
    kafka.append(
        Topics.NOTIFICATIONS,
        Topics.incidentKey(CLUSTER, "0a1b2c3d-000000000009") + "/memory",
        bytes("{}"),
        Optional.of("2"));
    kafka.publish(incident(1, 1).build());
    kafka.publish(incident(2, 1).cluster(other).build());

    start(chat);

    await().until(() -> chat.messages().equals(List.of("i2: open")));
    await().until(() -> health.ready().status() == Status.DOWN);
    assertThat(health.ready().checks().get(0).detail()).contains("notifications", "version 2");
  }

  @Test
  void shouldStayReadyAndSayWhyWhenTheChatRefuses() {
    chat.fail(new Rejected(Scope.CHANNEL, "invalid_auth"));
    start(chat);
    kafka.publish(incident(1, 1).build());

    await()
        .until(
            () ->
                health.ready().checks().get(0).detail().contains("the chat is out: invalid_auth"));

    assertThat(health.ready().status()).isEqualTo(Status.UP);
    assertThat(health.ready().checks().get(0).name()).isEqualTo("chat-memory");
  }

  @Test
  void shouldTellTheOtherChannelWhenOneIsOut() {
    MemoryChannel broken = new MemoryChannel("broken");
    broken.fail(OUT);
    start(broken, chat);
    kafka.publish(incident(1, 1).build());

    await().until(() -> chat.messages().equals(List.of("i1: open")));

    awaitCommitted(1);
    assertThat(kafka.committed("broken", CLUSTER)).isLessThanOrEqualTo(0);
  }

  @Test
  void shouldStartAgainWhenReadingFails() {
    start(chat);
    kafka.publish(incident(1, 1).build());
    awaitCommitted(1);

    kafka.failNextPoll(new KafkaException("the coordinator is gone"));
    kafka.publish(incident(2, 1).build());

    awaitCommitted(2);
    assertThat(chat.messages()).containsExactly("i1: open", "i2: open");
    await().until(() -> health.ready().status() == Status.UP);
  }

  @Test
  void shouldGiveUpAPartitionAndTakeItOnAgain() {
    start(chat);
    kafka.publish(incident(1, 1).build());
    awaitCommitted(1);
    int other = 1 - MemoryKafka.partitionOf(CLUSTER);
    kafka.assign(List.of(other));
    await().until(() -> health.ready().checks().get(0).detail().startsWith("1 partitions"));
    kafka.publish(resolved(1, 2));
    assertThat(chat.messages()).containsExactly("i1: open");

    kafka.assign(List.of(0, 1));

    await().until(() -> chat.messages().equals(List.of("i1: resolved")));
  }

  @Test
  void shouldSendNothingWhileItCannotWriteItDown() {
    kafka.failWrites(new KafkaException("not enough replicas"));
    start(chat);
    kafka.publish(incident(1, 1).build());

    await().until(() -> health.ready().checks().get(0).detail().contains("not enough replicas"));

    assertThat(chat.calls()).isZero();
    assertThat(kafka.committed("memory", CLUSTER)).isLessThanOrEqualTo(0);
  }

  @Test
  void shouldForgetWhatWasPostedWhenAnIncidentIsRemoved() {
    start(chat);
    kafka.publish(incident(1, 1).build());
    awaitCommitted(1);
    kafka.append(
        Topics.INCIDENTS,
        Topics.incidentKey(CLUSTER, "0a1b2c3d-000000000001"),
        null,
        Optional.empty());

    awaitCommitted(2);

    List<byte[]> values = kafka.records(Topics.NOTIFICATIONS).stream().map(r -> r.value()).toList();
    assertThat(values.get(values.size() - 1)).isNull();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
