package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.Topics;
import io.causeline.model.Topics.Topic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicPlanTest {

  private static final List<Topic> WANTED = List.of(Topics.SIGNALS, Topics.INCIDENTS);

  @Test
  void shouldCreateWhatIsMissing() {
    TopicPlan plan = plan(Map.of("p.signals", new TopicPlan.Existing(12, Topics.SIGNALS.config())));

    assertThat(plan.faults()).isEmpty();
    assertThat(plan.missing())
        .singleElement()
        .satisfies(
            topic -> {
              assertThat(topic.name()).isEqualTo("p.incidents");
              assertThat(topic.numPartitions()).isEqualTo(12);
              assertThat(topic.replicationFactor()).isEqualTo((short) 3);
              assertThat(topic.configs())
                  .containsEntry("cleanup.policy", "compact")
                  .containsEntry("max.message.bytes", "2097152");
            });
  }

  @Test
  void shouldNameEachWrongTopicWithExpectedAndActual() {
    TopicPlan plan =
        plan(
            Map.of(
                "p.signals", new TopicPlan.Existing(6, Map.of("max.message.bytes", "1048588")),
                "p.incidents",
                    new TopicPlan.Existing(12, Map.of("cleanup.policy", "compact,delete"))));

    assertThat(plan.missing()).isEmpty();
    assertThat(plan.faults())
        .hasSize(3)
        .anyMatch(f -> f.startsWith("topic p.signals: expected 12 partitions, it has 6"))
        .anyMatch(f -> f.contains("expected max.message.bytes=2097152, it has 1048588"))
        .anyMatch(
            f ->
                f.startsWith("topic p.incidents: expected cleanup.policy=compact, it has")
                    && f.contains("kafka-configs.sh --alter --topic p.incidents"));
  }

  @Test
  void shouldNotJudgeSettingsThatMayNotBeRead() {
    TopicPlan plan =
        plan(
            Map.of(
                "p.signals", new TopicPlan.Existing(12, null),
                "p.incidents", new TopicPlan.Existing(12, null)));

    assertThat(plan.faults()).isEmpty();
    assertThat(plan.missing()).isEmpty();
  }

  private static TopicPlan plan(Map<String, TopicPlan.Existing> existing) {
    return TopicPlan.of(WANTED, existing, "p.", 12, 3);
  }
}
