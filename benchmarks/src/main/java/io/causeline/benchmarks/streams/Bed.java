package io.causeline.benchmarks.streams;

import io.causeline.correlator.CorrelatorSettings;
import io.causeline.service.SettingsLoader;
import io.causeline.standalone.ServiceSettings;
import io.causeline.standalone.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** A broker in this process with a folder of its own, which is gone when it is closed. */
public final class Bed implements AutoCloseable {

  /** As many as the product has by default. */
  static final int PARTITIONS = 12;

  private final int partitions;
  private final Path folder;
  private final EmbeddedBroker broker;
  private final Admin admin;

  private Bed(int partitions, Path folder, EmbeddedBroker broker) {
    this.partitions = partitions;
    this.folder = folder;
    this.broker = broker;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /** With topics of so many partitions. */
  public static Bed open(int partitions) throws IOException {
    Path folder = Files.createTempDirectory("causeline-bench");
    return new Bed(partitions, folder, EmbeddedBroker.start(0, folder.resolve("kafka")));
  }

  int partitions() {
    return partitions;
  }

  Admin admin() {
    return admin;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** The correlator's own settings, for topics that begin with {@code prefix}. */
  public CorrelatorSettings settings(String prefix) {
    return ServiceSettings.correlator(
        SettingsLoader.of(
            null,
            Map.of(),
            Map.of(
                "causeline.kafka.bootstrap-servers",
                bootstrapServers(),
                "causeline.kafka.topic-prefix",
                prefix,
                "causeline.kafka.partitions",
                String.valueOf(partitions),
                "causeline.kafka.replication",
                "1",
                "causeline.standby-replicas",
                "0",
                "causeline.http.port",
                "0",
                "causeline.state-dir",
                folder.resolve(prefix + "state").toString())));
  }

  /** Removes all topics with this prefix, in the background: disks are not endless. */
  void clear(String prefix) {
    var unused =
        admin
            .listTopics()
            .names()
            .thenApply(
                names ->
                    admin.deleteTopics(
                        names.stream().filter(name -> name.startsWith(prefix)).toList()));
  }

  @Override
  public void close() throws IOException {
    admin.close();
    broker.close();
    delete(folder);
  }

  /** A folder and all within. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> within = Files.walk(folder)) {
      for (Path path : within.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
