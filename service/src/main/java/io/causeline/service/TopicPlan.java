package io.causeline.service;

import io.causeline.model.Topics.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about the topics that are wanted, given those that exist.
 *
 * @param missing to be created
 * @param faults existing topics that cannot be worked with: what was expected, what is there
 */
record TopicPlan(List<NewTopic> missing, List<String> faults) {

  /**
   * A topic that exists.
   *
   * @param config its settings; null where they may not be read, and then they are not judged
   */
  record Existing(int partitions, @Nullable Map<String, String> config) {}

  /** Compares; {@code existing} is by whole name. */
  static TopicPlan of(
      Collection<Topic> wanted,
      Map<String, Existing> existing,
      String prefix,
      int partitions,
      int replication) {
    List<NewTopic> missing = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Topic topic : wanted) {
      String name = topic.name(prefix);
      Existing found = existing.get(name);
      if (found == null) {
        missing.add(
            new NewTopic(name, Optional.of(partitions), Optional.of((short) replication))
                .configs(topic.config()));
        continue;
      }
      if (found.partitions() != partitions) {
        faults.add(
            "topic "
                + name
                + ": expected "
                + partitions
                + " partitions, it has "
                + found.partitions()
                + "; set causeline.kafka.partitions="
                + found.partitions()
                + " if all of its topics have as many, else delete the topic or choose another"
                + " causeline.kafka.topic-prefix");
      }
      if (found.config() != null) {
        configFaults(name, topic, found.config(), faults);
      }
    }
    return new TopicPlan(List.copyOf(missing), List.copyOf(faults));
  }

  private static void configFaults(
      String name, Topic topic, Map<String, String> actual, List<String> faults) {
    String policy = topic.compacted() ? "compact" : "delete";
    String actualPolicy = actual.get("cleanup.policy");
    List<String> policies =
        actualPolicy == null ? List.of() : Arrays.asList(actualPolicy.split("\\s*,\\s*", -1));
    // A compacted topic that also deletes would forget what is still true.
    if (actualPolicy != null && !policies.equals(List.of(policy))) {
      faults.add(alter(name, "cleanup.policy", policy, actualPolicy));
    }
    String max = actual.get("max.message.bytes");
    String wantedMax = topic.config().get("max.message.bytes");
    if (max != null && wantedMax != null && Long.parseLong(max) < Long.parseLong(wantedMax)) {
      faults.add(alter(name, "max.message.bytes", wantedMax, max));
    }
  }

  private static String alter(String name, String key, String expected, String actual) {
    return "topic "
        + name
        + ": expected "
        + key
        + "="
        + expected
        + ", it has "
        + actual
        + "; run kafka-configs.sh --alter --topic "
        + name
        + " --add-config "
        + key
        + "="
        + expected;
  }
}
