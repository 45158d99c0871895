package io.causeline.service;

import io.causeline.model.Topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that are missing and verifies those that exist. While Kafka cannot be reached
 * it says so in the log and in {@link #readiness()}, and keeps trying until it is closed or
 * interrupted; several processes may do it at once.
 */
public final class TopicAdmin implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TopicAdmin.class);

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** After creating, until the brokers tell of it. */
  private static final Duration PROPAGATION_WAIT = Duration.ofMillis(200);

  private final KafkaSettings settings;
  private final List<Topic> topics;
  private final Supplier<Admin> connect;
  private final Duration firstWait;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Health.Result state;
  private volatile @Nullable Admin current;

  /** For {@code topics}; does nothing yet. */
  public TopicAdmin(KafkaSettings settings, Collection<Topic> topics) {
    this(settings, topics, () -> Admin.create(clientProperties(settings)), FIRST_WAIT);
  }

  TopicAdmin(
      KafkaSettings settings,
      Collection<Topic> topics,
      Supplier<Admin> connect,
      Duration firstWait) {
    this.settings = settings;
    this.topics = List.copyOf(topics);
    this.connect = connect;
    this.firstWait = firstWait;
    this.state =
        Health.Result.down("topics at " + settings.bootstrapServers() + " not yet verified");
  }

  /**
   * As {@link #ensure()}, for callers that have no readiness to offer.
   *
   * @return false when interrupted
   */
  public static boolean ensure(KafkaSettings settings, Collection<Topic> topics) {
    try (TopicAdmin admin = new TopicAdmin(settings, topics)) {
      return admin.ensure();
    }
  }

  /**
   * Blocks until every topic is there and as wanted.
   *
   * @return false when it was closed or interrupted before (the interrupt flag is kept)
   * @throws StartupException naming each wrong topic, or why Kafka refuses
   */
  public boolean ensure() {
    Duration wait = firstWait;
    try {
      while (closed.getCount() > 0) {
        String trouble;
        Duration pause;
        try {
          if (attempt()) {
            state = Health.Result.up("topics verified");
            log.info("topics at {} are verified", settings.bootstrapServers());
            return true;
          }
          trouble = null;
          pause = PROPAGATION_WAIT;
        } catch (IllegalStateException e) {
          // What Kafka's client says to calls after it was closed.
          if (closed.getCount() == 0) {
            return false;
          }
          throw e;
        } catch (ExecutionException | KafkaException e) {
          Throwable cause =
              e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
          if (closed.getCount() == 0) {
            return false;
          }
          failIfFinal(cause);
          trouble = describe(cause);
          pause = wait;
          wait =
              wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0
                  ? LONGEST_WAIT
                  : wait.multipliedBy(2);
        }
        if (trouble != null) {
          state = Health.Result.down(trouble);
          log.warn("{}; trying again in {} ms", trouble, pause.toMillis());
        }
        if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Up once {@link #ensure()} has returned true; else says what it waits for. */
  public Health.Result readiness() {
    return state;
  }

  /** Ends {@link #ensure()}. */
  @Override
  public void close() {
    closed.countDown();
    Admin admin = current;
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }

  /** Returns whether everything is as wanted; false when something was created and must show. */
  private boolean attempt() throws ExecutionException, InterruptedException {
    try (Admin admin = connect.get()) {
      current = admin;
      if (closed.getCount() == 0) {
        return false;
      }
      TopicPlan plan =
          TopicPlan.of(
              topics,
              existing(admin),
              settings.topicPrefix(),
              settings.partitions(),
              settings.replication());
      if (!plan.faults().isEmpty()) {
        throw new StartupException(
            "Kafka at "
                + settings.bootstrapServers()
                + ": topics are not as expected\n  "
                + String.join("\n  ", plan.faults()));
      }
      if (plan.missing().isEmpty()) {
        return true;
      }
      for (KafkaFuture<Void> created : admin.createTopics(plan.missing()).values().values()) {
        try {
          created.get();
        } catch (ExecutionException e) {
          // Another process was faster; the next look verifies what it made.
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw e;
          }
        }
      }
      log.info(
          "created topics {} with {} partitions and {} replicas",
          plan.missing().stream().map(topic -> topic.name()).toList(),
          settings.partitions(),
          settings.replication());
      return false;
    } finally {
      current = null;
    }
  }

  private Map<String, TopicPlan.Existing> existing(Admin admin)
      throws ExecutionException, InterruptedException {
    List<String> names = topics.stream().map(t -> t.name(settings.topicPrefix())).toList();
    Map<String, Integer> partitions = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        partitions.put(topic.getKey(), topic.getValue().get().partitions().size());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    Map<String, Map<String, String>> configs = configs(admin, partitions.keySet());
    Map<String, TopicPlan.Existing> existing = new HashMap<>();
    partitions.forEach(
        (name, count) -> existing.put(name, new TopicPlan.Existing(count, configs.get(name))));
    return existing;
  }

  private static Map<String, Map<String, String>> configs(Admin admin, Collection<String> names)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources = new ArrayList<>();
    names.forEach(name -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, name)));
    Map<String, Map<String, String>> configs = new HashMap<>();
    try {
      Map<ConfigResource, Config> all = admin.describeConfigs(resources).all().get();
      all.forEach(
          (resource, config) -> {
            Map<String, String> values = new HashMap<>();
            for (ConfigEntry entry : config.entries()) {
              if (entry.value() != null) {
                values.put(entry.name(), entry.value());
              }
            }
            configs.put(resource.name(), values);
          });
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
      log.warn(
          "topic settings may not be read (grant DescribeConfigs to have cleanup.policy and"
              + " max.message.bytes verified): {}",
          e.getCause().getMessage());
    }
    return configs;
  }

  private void failIfFinal(Throwable cause) {
    if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
      throw new StartupException(
          "Kafka at "
              + settings.bootstrapServers()
              + " refuses: "
              + cause.getMessage()
              + "; mend causeline.kafka.properties or the ACLs, or create the topics beforehand",
          cause);
    }
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof ConfigException && !isUnresolved(t)) {
        throw new StartupException(
            "Kafka client settings are wrong: "
                + t.getMessage()
                + "; mend causeline.kafka.bootstrap-servers or causeline.kafka.properties",
            cause);
      }
    }
  }

  /** A name that does not resolve may do so later, when a container has come up. */
  private static boolean isUnresolved(Throwable config) {
    return String.valueOf(config.getMessage()).contains("No resolvable bootstrap urls");
  }

  private String describe(Throwable cause) {
    if (cause instanceof InvalidReplicationFactorException) {
      return "Kafka at "
          + settings.bootstrapServers()
          + " has too few brokers for replication "
          + settings.replication()
          + " ("
          + cause.getMessage()
          + "); start more, or set causeline.kafka.replication";
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "Kafka at "
        + settings.bootstrapServers()
        + " does not answer ("
        + (root.getMessage() == null ? root : root.getMessage())
        + ")";
  }

  private static Map<String, Object> clientProperties(KafkaSettings settings) {
    Map<String, Object> properties = KafkaProperties.of(settings);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "causeline-topics");
    return properties;
  }
}
