package io.causeline.bridge;

import io.causeline.bridge.alertmanager.AlertIntake;
import io.causeline.service.Health;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * The alert bridge as a part of a process: construct it, add its {@link #routes} to the process'
 * HTTP server, then {@link #start} it. It closes before the server does, so that late webhooks are
 * told to come again. {@link AlertBridgeService} is the whole process.
 *
 * <p>It takes webhooks from the first moment, and answers them 503 while Kafka can't be reached.
 */
public final class AlertBridge implements AutoCloseable {

  private final Lifecycle lifecycle = new Lifecycle();
  private final KafkaLink kafka;
  private final AlertIntake intake;

  /**
   * Opens nothing yet.
   *
   * @param settings of which the group {@code http} only tells how large bodies may be
   * @throws io.causeline.service.SettingsException when settings contradict each other
   */
  public AlertBridge(BridgeSettings settings, Health health, Metrics metrics, InstantSource clock) {
    BridgeSettingsCheck.require(settings);
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

  /** Connects to Kafka, in the background, and begins the heartbeats. */
  public void start() {
    lifecycle.add("Kafka", kafka);
    lifecycle.add("alert intake", intake);
    kafka.start();
    intake.start();
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
