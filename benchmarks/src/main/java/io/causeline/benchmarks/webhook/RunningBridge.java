package io.causeline.benchmarks.webhook;

import io.causeline.bridge.AlertBridge;
import io.causeline.bridge.BridgeSettings;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.KafkaSettings;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import io.causeline.service.SettingsLoader;
import io.causeline.standalone.ServiceSettings;
import io.causeline.standalone.broker.DataFolder;
import io.causeline.standalone.broker.EmbeddedBroker;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The alert-bridge with its HTTP server, and a broker, in this process; settings as by default. */
final class RunningBridge implements AutoCloseable {

  private final Lifecycle lifecycle = new Lifecycle();
  private final HttpServer server;
  private final KafkaSettings kafka;

  /** Starts both, and returns once alerts can be stored. */
  RunningBridge() {
    try {
      DataFolder folder = lifecycle.add("data folder", DataFolder.open(Optional.empty()));
      EmbeddedBroker broker =
          lifecycle.add("broker", EmbeddedBroker.start(0, folder.path().resolve(DataFolder.KAFKA)));
      BridgeSettings settings =
          ServiceSettings.bridge(
              SettingsLoader.of(
                  null,
                  Map.of(),
                  Map.of(
                      "causeline.kafka.bootstrap-servers", broker.bootstrapServers(),
                      "causeline.kafka.replication", "1",
                      "causeline.http.port", "0")));
      kafka = settings.kafka();
      Health health = new Health();
      Metrics metrics = new Metrics();
      AlertBridge bridge = new AlertBridge(settings, health, metrics, InstantSource.system());
      server =
          lifecycle.add("http", HttpServer.start(settings.http(), health, metrics, bridge::routes));
      lifecycle.add("alert-bridge", bridge);
      bridge.start();
      bridge.connected().join();
    } catch (RuntimeException | Error e) {
      lifecycle.close();
      throw e;
    }
  }

  int port() {
    return server.port();
  }

  KafkaSettings kafka() {
    return kafka;
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
