package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.causeline.model.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class TopicAdminTest {

  private static final List<Node> NODES =
      List.of(new Node(0, "a", 1), new Node(1, "b", 1), new Node(2, "c", 1));

  private final KafkaSettings settings = TestSettings.of(Map.of("kafka.partitions", "4")).kafka();
  private final MockAdminClient broker = new MockAdminClient(NODES, NODES.get(0));
  private final Deque<RuntimeException> failures = new ArrayDeque<>();

  @Test
  void shouldCreateAndVerifyTheTopics() throws Exception {
    TopicAdmin admin = admin(this::connect);
    assertThat(admin.readiness().ok()).isFalse();

    assertThat(admin.ensure()).isTrue();

    assertThat(admin.readiness().ok()).isTrue();
    assertThat(broker.listTopics().names().get())
        .containsExactlyInAnyOrderElementsOf(
            Topics.ALL.stream().map(t -> t.name("causeline.")).toList());
    assertThat(admin(this::connect).ensure()).isTrue();
  }

  @Test
  void shouldRetryUntilKafkaAnswers() {
    failures.add(new KafkaException("Failed", new ConfigException("No resolvable bootstrap urls")));
    failures.add(new org.apache.kafka.common.errors.TimeoutException("timed out"));
    List<Health.Result> seen = new ArrayList<>();
    TopicAdmin[] admin = new TopicAdmin[1];
    admin[0] =
        admin(
            () -> {
              seen.add(admin[0].readiness());
              return connect();
            });

    assertThat(admin[0].ensure()).isTrue();

    assertThat(seen.get(2).ok()).isFalse();
    assertThat(seen.get(2).detail())
        .isEqualTo("Kafka at kafka.test:9092 does not answer (timed out)");
  }

  @Test
  void shouldFailNamingEachTopicWithOtherPartitions() {
    for (Topics.Topic topic : List.of(Topics.SIGNALS, Topics.COMMANDS)) {
      broker.addTopic(
          false,
          topic.name("causeline."),
          List.of(new TopicPartitionInfo(0, NODES.get(0), NODES, NODES)),
          topic.config());
    }

    assertThatThrownBy(() -> admin(this::connect).ensure())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("causeline.signals: expected 4 partitions, it has 1")
        .hasMessageContaining("causeline.commands: expected 4 partitions, it has 1");
  }

  @Test
  void shouldFailAtOnceWhenTheClientSettingsAreWrong() {
    failures.add(new KafkaException("Failed", new ConfigException("Invalid url: x")));

    assertThatThrownBy(() -> admin(this::connect).ensure())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("Invalid url: x");
  }

  @Test
  void shouldEndWhenClosedWhileKafkaIsAway() {
    TopicAdmin admin =
        admin(
            () -> {
              throw new org.apache.kafka.common.errors.TimeoutException("away");
            });
    CompletableFuture<Boolean> done = CompletableFuture.supplyAsync(admin::ensure);
    await().until(() -> admin.readiness().detail().contains("away"));

    admin.close();

    assertThat(done).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(false);
  }

  private Admin connect() {
    if (!failures.isEmpty()) {
      throw failures.poll();
    }
    return broker;
  }

  private TopicAdmin admin(Supplier<Admin> connect) {
    return new TopicAdmin(settings, Topics.ALL, connect, Duration.ofMillis(1));
  }
}
