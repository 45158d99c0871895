package io.causeline.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.bridge.chat.NotificationLog.NotificationLogException;
import io.causeline.bridge.chat.NotificationState.Fate;
import io.causeline.bridge.chat.NotificationState.Intent;
import io.causeline.bridge.chat.NotificationState.Posted;
import io.causeline.model.Topics;
import io.causeline.service.NewerSchemaException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class KafkaNotificationLogTest {

  private static final String CLUSTER = "prod-1";
  private static final int PARTITION = MemoryKafka.partitionOf(CLUSTER);
  private static final IncidentRef ONE = new IncidentRef(PARTITION, CLUSTER, "a-1");
  private static final IncidentRef TWO = new IncidentRef(PARTITION, CLUSTER, "a-2");
  private static final Facts FACTS = Facts.of(TestIncident.open().mergedInto("a-9").build());

  private final MemoryKafka kafka = new MemoryKafka();
  private final NotificationLog log =
      log((key, value) -> kafka.write(Topics.NOTIFICATIONS, key, value, Map.of()));

  private NotificationLog log(KafkaNotificationLog.Writer writer) {
    return new KafkaNotificationLog(
        kafka.name(Topics.NOTIFICATIONS),
        () -> kafka.consumer("slack"),
        writer,
        Duration.ofMillis(50));
  }

  private static NotificationState posted(Intent intent) {
    return new NotificationState(
        intent,
        new Posted(
            new MessageRef("C1", "1.000001"),
            7,
            "hash",
            TestIncident.START,
            FACTS,
            TestIncident.START.plusSeconds(1),
            Fate.FROZEN));
  }

  private static Intent intent() {
    return new Intent("reply-8", FACTS, "other", "#incidents", TestIncident.START, 2);
  }

  @Test
  void shouldReadBackTheLatestOfEachIncidentOfTheChannel() {
    log.store(ONE, "slack", new NotificationState(intent(), null));
    log.store(ONE, "slack", posted(intent()));
    log.store(TWO, "slack", posted(null));
    log.store(TWO, "teams", new NotificationState(intent(), null));

    assertThat(log.read(Set.of(PARTITION), "slack"))
        .containsOnly(Map.entry(ONE, posted(intent())), Map.entry(TWO, posted(null)));
    assertThat(log.read(Set.of(1 - PARTITION), "slack")).isEmpty();
    assertThat(log.read(Set.of(0, 1), "slack")).hasSize(2);
  }

  @Test
  void shouldForgetWhatWasRemoved() {
    log.store(ONE, "slack", posted(null));
    log.store(ONE, "slack", null);

    assertThat(log.read(Set.of(PARTITION), "slack")).isEmpty();
  }

  @Test
  void shouldKeepTheStateBeforeARecordThatCannotBeRead() {
    log.store(ONE, "slack", posted(null));
    kafka.append(
        Topics.NOTIFICATIONS,
        ONE.notificationKey("slack"),
        "{\"intent\": 7".getBytes(StandardCharsets.UTF_8),
        Optional.empty());
    kafka.append(Topics.NOTIFICATIONS, CLUSTER + "/slack", new byte[0], Optional.empty());

    assertThat(log.read(Set.of(PARTITION), "slack")).containsOnly(Map.entry(ONE, posted(null)));
  }

  @Test
  void shouldStopWhenANewerVersionWroteIt() {
    kafka.append(Topics.NOTIFICATIONS, ONE.notificationKey("slack"), new byte[0], Optional.of("2"));

    assertThatThrownBy(() -> log.read(Set.of(PARTITION), "slack"))
        .isInstanceOf(NewerSchemaException.class);
  }

  @Test
  void shouldSayWhatWasNotStored() {
    kafka.failWrites(new KafkaException("not enough replicas"));

    assertThatThrownBy(() -> log.store(ONE, "slack", posted(null)))
        .isInstanceOf(NotificationLogException.class)
        .hasMessageContaining("prod-1/a-1/slack")
        .hasMessageContaining("not enough replicas");
  }

  @Test
  void shouldNotWaitForEverForAWrite() {
    NotificationLog stuck = log((key, value) -> new CompletableFuture<>());

    assertThatThrownBy(() -> stuck.store(ONE, "slack", posted(null)))
        .isInstanceOf(NotificationLogException.class)
        .hasMessageContaining("not stored within");
  }
}
