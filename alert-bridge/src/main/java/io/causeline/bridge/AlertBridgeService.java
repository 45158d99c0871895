package io.causeline.bridge;

import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import io.causeline.service.StartupException;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;

/** The alert-bridge as a process of its own: its HTTP server with the webhook, and Kafka. */
public final class AlertBridgeService {

  /** A bridge that listens. */
  record Running(AlertBridge bridge, HttpServer server) {}

  private AlertBridgeService() {}

  /**
   * Starts it, and returns once it can store alerts; blocks while Kafka does not answer, answering
   * webhooks 503 and not being ready meanwhile. Everything opened is handed to {@code lifecycle},
   * which may be closed at any time, also by another thread while this one blocks.
   *
   * @throws StartupException saying what a person must change
   */
  public static void start(BridgeSettings settings, Lifecycle lifecycle) {
    Running running = open(settings, lifecycle, InstantSource.system());
    try {
      running.bridge().connected().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StartupException why) {
        throw why;
      }
      throw e;
    }
  }

  /** Starts it without waiting for Kafka. */
  static Running open(BridgeSettings settings, Lifecycle lifecycle, InstantSource clock) {
    Health health = new Health();
    Metrics metrics = new Metrics();
    AlertBridge bridge = new AlertBridge(settings, health, metrics, clock);
    HttpServer server =
        lifecycle.add("http", HttpServer.start(settings.http(), health, metrics, bridge::routes));
    lifecycle.add("alert-bridge", bridge);
    bridge.start();
    return new Running(bridge, server);
  }
}
