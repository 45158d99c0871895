package io.causeline.standalone.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Kafka's settings for a single broker that is its own controller, on loopback. */
final class BrokerSettings {

  static final int NODE_ID = 1;
  static final String HOST = "127.0.0.1";

  private BrokerSettings() {}

  static Map<String, String> of(Path logFolder, int brokerPort, int controllerPort) {
    Map<String, String> settings = new HashMap<>();
    settings.putAll(place(logFolder, brokerPort, controllerPort));
    settings.putAll(SINGLE_NODE);
    settings.putAll(SMALL);
    return settings;
  }

  static String address(int port) {
    return HOST + ":" + port;
  }

  private static Map<String, String> place(Path logFolder, int brokerPort, int controllerPort) {
    String broker = BrokerListeners.BROKER + "://" + address(brokerPort);
    String controller = BrokerListeners.CONTROLLER + "://" + address(controllerPort);
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        String.valueOf(NODE_ID),
        "log.dirs",
        logFolder.toString(),
        "listeners",
        broker + "," + controller,
        "advertised.listeners",
        broker,
        "inter.broker.listener.name",
        BrokerListeners.BROKER,
        "controller.listener.names",
        BrokerListeners.CONTROLLER,
        "listener.security.protocol.map",
        BrokerListeners.BROKER + ":PLAINTEXT," + BrokerListeners.CONTROLLER + ":PLAINTEXT",
        "controller.quorum.voters",
        NODE_ID + "@" + address(controllerPort));
  }

  /** One broker holds every partition, and two partitions are enough for internal topics. */
  private static final Map<String, String> SINGLE_NODE =
      Map.of(
          "default.replication.factor", "1",
          "min.insync.replicas", "1",
          "offsets.topic.replication.factor", "1",
          "offsets.topic.num.partitions", "2",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1",
          "transaction.state.log.num.partitions", "2",
          "group.initial.rebalance.delay.ms", "0",
          // Our topics have settings of their own; one made by accident would not.
          "auto.create.topics.enable", "false");

  /** Starts fast, takes little memory beside the services in the same process. */
  private static final Map<String, String> SMALL =
      Map.of(
          "broker.heartbeat.interval.ms", "500",
          "num.network.threads", "2",
          "num.io.threads", "4",
          "num.recovery.threads.per.data.dir", "2",
          "background.threads", "2",
          "log.cleaner.dedupe.buffer.size", String.valueOf(8 * 1024 * 1024),
          "log.segment.bytes", String.valueOf(128 * 1024 * 1024),
          "socket.request.max.bytes", String.valueOf(32 * 1024 * 1024));
}
