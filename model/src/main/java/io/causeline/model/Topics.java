package io.causeline.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The topics, all co-partitioned by the cluster's name alone, so that one task sees all of one
 * cluster in order. A cluster never changes its partition: the partition count is chosen once.
 */
public final class Topics {

  /** Header of every record: the major version of the schema of its value, as ASCII digits. */
  public static final String SCHEMA_HEADER = "causeline-schema";

  /** The major version that this code writes, and the newest that it reads. */
  public static final int SCHEMA_VERSION = 1;

  /** Largest record that topics accept, in bytes. */
  public static final int MAX_RECORD_BYTES = 2 * 1024 * 1024;

  /** Key cluster, value {@link Signal}. */
  public static final Topic SIGNALS = new Topic("signals", false, Duration.ofDays(7));

  /** Key cluster/kind/namespace/name, value {@link TopologyRecord}. */
  public static final Topic TOPOLOGY = new Topic("topology", true, null);

  /** Key cluster, value {@link Command}. */
  public static final Topic COMMANDS = new Topic("commands", false, Duration.ofDays(30));

  /** Key cluster/incident id, value {@link Incident}. */
  public static final Topic INCIDENTS = new Topic("incidents", true, null);

  /** Key cluster/incident id/channel, value: what the bridge posted where. */
  public static final Topic NOTIFICATIONS = new Topic("notifications", true, null);

  /** Key and value as they were, headers say origin and reason. */
  public static final Topic DEAD_LETTERS = new Topic("dead-letters", false, Duration.ofDays(30));

  /** All of them. */
  public static final List<Topic> ALL =
      List.of(SIGNALS, TOPOLOGY, COMMANDS, INCIDENTS, NOTIFICATIONS, DEAD_LETTERS);

  private Topics() {}

  /**
   * A topic.
   *
   * @param suffix its name after the prefix
   * @param compacted cleanup by compaction; else by age
   * @param retention how long records are kept; null for ever
   */
  public record Topic(String suffix, boolean compacted, @Nullable Duration retention) {

    /** The whole name, such as {@code causeline.signals} for the prefix {@code causeline.}. */
    public String name(String prefix) {
      return prefix + suffix;
    }

    /** Settings of the topic, by Kafka's names. */
    public Map<String, String> config() {
      String max = String.valueOf(MAX_RECORD_BYTES);
      return compacted
          ? Map.of("cleanup.policy", "compact", "max.message.bytes", max)
          : Map.of(
              "cleanup.policy",
              "delete",
              "max.message.bytes",
              max,
              "retention.ms",
              String.valueOf(retention == null ? -1 : retention.toMillis()));
    }
  }

  /** The cluster that a key belongs to: what stands before its first slash. */
  public static String clusterOf(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? key : key.substring(0, slash);
  }

  /** Key of an object in {@link #TOPOLOGY}. */
  public static String topologyKey(String cluster, EntityRef entity) {
    return cluster + "/" + entity.path();
  }

  /** Key of the end of a full list in {@link #TOPOLOGY}: one for each set of kinds. */
  public static String epochKey(String cluster, List<String> kinds) {
    return cluster + "/epoch-end/-/" + String.join("+", kinds);
  }

  /** Key of an incident in {@link #INCIDENTS}. */
  public static String incidentKey(String cluster, String incidentId) {
    return cluster + "/" + incidentId;
  }
}
