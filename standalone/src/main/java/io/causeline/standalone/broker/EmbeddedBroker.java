package io.causeline.standalone.broker;

import io.causeline.service.StartupException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A real Kafka broker (KRaft, broker and controller in one) inside this process, on loopback.
 *
 * <p>What it has acknowledged survives the end of the process, in order or not; being a single node
 * that leaves flushing to the operating system, it does not promise to survive the loss of the
 * machine. For that there are Kafka clusters.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final Duration CONTROLLED_SHUTDOWN = Duration.ofSeconds(5);

  private final BrokerListeners listeners;
  private final BrokerFaults faults;
  private final SharedServer shared;
  private final ControllerServer controller;
  private final BrokerServer broker;

  private EmbeddedBroker(BrokerListeners listeners, Path logFolder) throws Exception {
    this.listeners = listeners;
    this.faults = new BrokerFaults();
    KafkaConfig config =
        new KafkaConfig(
            BrokerSettings.of(logFolder, listeners.brokerPort(), listeners.controllerPort()),
            false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> formatted =
        KafkaRaftServer.initializeLogDirs(config, log, "");
    this.shared =
        new SharedServer(
            config,
            formatted._1(),
            Time.SYSTEM,
            new Metrics(),
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
            faults,
            listeners);
    this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2());
    this.broker = new BrokerServer(shared);
  }

  /**
   * Starts a broker and returns when it can be used.
   *
   * @param port to listen on; 0 for an ephemeral one
   * @param logFolder where Kafka keeps its logs; formatted if it is missing or empty, else reused
   * @throws StartupException if the port is in use or the folder cannot be used
   */
  public static EmbeddedBroker start(int port, Path logFolder) {
    BrokerListeners listeners = BrokerListeners.bind(port);
    try {
      format(logFolder);
      EmbeddedBroker started = new EmbeddedBroker(listeners, logFolder);
      started.startServers();
      return started;
    } catch (Exception e) {
      listeners.close();
      throw new StartupException(
          "the broker cannot start on the folder " + logFolder + ": " + rootMessage(e), e);
    }
  }

  private static void format(Path logFolder) throws Exception {
    Files.createDirectories(logFolder);
    if (Files.exists(logFolder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return;
    }
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(nowhere)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(BrokerSettings.NODE_ID)
          .setControllerListenerName(BrokerListeners.CONTROLLER)
          .setMetadataLogDirectory(logFolder.toString())
          .addDirectory(logFolder.toString())
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .run();
    }
  }

  private void startServers() {
    try {
      controller.startup();
      broker.startup();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
    log.info("broker listens on {}", bootstrapServers());
  }

  /** {@code host:port}, as clients take it. */
  public String bootstrapServers() {
    return BrokerSettings.address(listeners.brokerPort());
  }

  /**
   * Completed, with the reason, when the broker has broken for good and this process should end.
   */
  public CompletableFuture<Throwable> failure() {
    return faults.fatal();
  }

  /** Stops it in order, within seconds; what it has acknowledged stays in its folder. */
  @Override
  public void close() {
    try {
      broker.shutdown(CONTROLLED_SHUTDOWN);
    } finally {
      controller.shutdown();
      listeners.close();
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof IOException ? root.toString() : String.valueOf(root.getMessage());
  }
}
