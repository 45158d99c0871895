package io.causeline.service;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How to reach Kafka, and the topics' shape: the group {@code kafka} of every service's settings.
 */
public interface KafkaSettings {

  /** {@code host:port}, several separated by commas. */
  String bootstrapServers();

  /** Stands before every topic's name. */
  @WithDefault("causeline.")
  String topicPrefix();

  /**
   * Partitions of every topic. Chosen once: a cluster's records must not change their partition.
   */
  @WithDefault("12")
  @WithConverter(PositiveIntConverter.class)
  int partitions();

  /** Replicas of every topic that is created. */
  @WithDefault("3")
  @WithConverter(PositiveIntConverter.class)
  int replication();

  /** How long a write may take, retries included, before it fails. */
  @WithDefault("30s")
  Duration deliveryTimeout();

  /** Handed to every Kafka client as they are, such as {@code security.protocol}. */
  Map<String, String> properties();

  /**
   * As {@link #properties()}, but the value is what the file holds (without white space around it):
   * the place for passwords, such as {@code ssl.keystore.password: /run/secrets/keystore}.
   */
  Map<String, Path> propertyFiles();
}
