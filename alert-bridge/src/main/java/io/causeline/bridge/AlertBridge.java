package io.causeline.bridge;

import io.causeline.bridge.alertmanager.AlertIntake;
import io.causeline.bridge.alertmanager.RecordSink;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The alert bridge. As a service of its own: {@link #serve}. As a part of a process that has an
 * HTTP server: construct it, add its {@link #routes} to the server, then {@link #start} it; it
 * closes before the server, so that late webhooks are told to come again.
 *
 * <p>It listens, and answers 503, while Kafka can't be reached.
 */
public final class AlertBridge implements AutoCloseable {

  private final Lifecycle lifecycle = new Lifecycle();
  private final KafkaLink kafka;
  private final AlertIntake intake;
  private @Nullable HttpServer server;

  /** Nothing is opened yet, and the settings' group {@code http} only tells the size of bodies. */
  public AlertBridge(BridgeSettings settings, Health health, Metrics metrics, InstantSource clock) {
    BridgeSettingsCheck.require(settings);
    this.kafka = new KafkaLink(settings.kafka(), metrics, clock);
    RecordSink sink = kafka;
    this.intake =
        new AlertIntake(
            settings.alertmanager(),
            settings.cluster(),
            settings.http().maxBodyBytes(),
            sink,
            metrics,
            clock);
    health.readiness("alert-bridge: kafka", kafka::readiness);
  }

  /**
   * Runs it with an HTTP server of its own.
   *
   * @throws io.causeline.service.StartupException when it cannot listen, or settings contradict
   *     each other
   */
  public static AlertBridge serve(BridgeSettings settings, InstantSource clock) {
    Health health = new Health();
    Metrics metrics = new Metrics();
    AlertBridge bridge = new AlertBridge(settings, health, metrics, clock);
    HttpServer server = HttpServer.start(settings.http(), health, metrics, bridge::routes);
    bridge.lifecycle.add("HTTP server", server);
    bridge.server = server;
    bridge.start();
    return bridge;
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
   * Completes exceptionally, with a {@link io.causeline.service.StartupException}, when Kafka is
   * such that only a person can mend it (say, topics with another partition count); never
   * otherwise.
   */
  public CompletableFuture<Void> failure() {
    return kafka.failure().copy();
  }

  /** The port of its own server. */
  public int port() {
    HttpServer own = server;
    if (own == null) {
      throw new IllegalStateException("this bridge has no HTTP server of its own");
    }
    return own.port();
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
