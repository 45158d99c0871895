package io.causeline.bridge;

import io.causeline.bridge.alertmanager.AlertIntake;
import io.causeline.bridge.chat.ChatChannel;
import io.causeline.bridge.chat.ChatNotifier;
import io.causeline.bridge.chat.ChatRules;
import io.causeline.bridge.chat.slack.SlackChannels;
import io.causeline.service.Health;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alert bridge as a part of a process: construct it, add its {@link #routes} to the process'
 * HTTP server, then {@link #start} it. It closes before the server does, so that late webhooks are
 * told to come again. {@link AlertBridgeService} is the whole process.
 *
 * <p>It takes webhooks from the first moment, and answers them 503 while Kafka can't be reached.
 */
public final class AlertBridge implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AlertBridge.class);

  private final Lifecycle lifecycle = new Lifecycle();
  private final BridgeSettings settings;
  private final Health health;
  private final Metrics metrics;
  private final KafkaLink kafka;
  private final AlertIntake intake;
  private final List<ChatChannel> channels;

  /**
   * Opens nothing yet.
   *
   * @param settings of which the group {@code http} only tells how large bodies may be
   * @param clock what alerts are observed by; chat goes by the wall clock
   * @throws io.causeline.service.SettingsException when settings contradict each other, or a file
   *     with a secret can't be read
   */
  public AlertBridge(BridgeSettings settings, Health health, Metrics metrics, InstantSource clock) {
    BridgeSettingsCheck.require(settings);
    this.settings = settings;
    this.health = health;
    this.metrics = metrics;
    this.channels = SlackChannels.of(settings.chat());
    this.kafka = new KafkaLink(settings.kafka(), metrics, clock);
    this.intake =
        new AlertIntake(
            settings.alertmanager(),
            settings.cluster(),
            settings.http().maxBodyBytes(),
            kafka,
            metrics,
            clock);
    health.readiness("alert-bridge: kafka", kafka::readiness);
  }

  /** Adds the webhook's routes to a server. */
  public void routes(JavalinDefaultRoutingApi routes) {
    intake.routes(routes);
  }

  /** Connects to Kafka, in the background, and begins the heartbeats; chat follows when it did. */
  public void start() {
    lifecycle.add("Kafka", kafka);
    lifecycle.add("alert intake", intake);
    channels.forEach(channel -> lifecycle.add("chat channel " + channel.name(), channel));
    kafka.start();
    intake.start();
    // A failure to connect is told by the link itself.
    var unused = kafka.connected().thenAccept(this::startChat);
  }

  private void startChat(boolean connected) {
    if (!connected || channels.isEmpty()) {
      return;
    }
    try {
      lifecycle.add(
          "chat",
          ChatNotifier.start(
              channels,
              ChatRules.of(settings.chat()),
              settings.kafka(),
              InstantSource.system(),
              metrics,
              health));
    } catch (RuntimeException e) {
      log.error("incidents are not told in chat", e);
      health.readiness("chat", () -> Health.Result.down("not started; see the log"));
    }
  }

  /**
   * Completes with true once Kafka is connected, with false when closed before, and exceptionally,
   * with a {@link io.causeline.service.StartupException}, when Kafka is such that only a person can
   * mend it (say, topics with another partition count).
   */
  public CompletableFuture<Boolean> connected() {
    return kafka.connected();
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
