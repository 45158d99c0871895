package io.causeline.standalone.command;

import io.causeline.standalone.allinone.AllInOne;
import io.causeline.standalone.allinone.IncidentLine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that {@code demo} and {@code run} share. */
final class AllInOneOptions {

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      converter = Converters.OfPort.class,
      description =
          "Port of the API and the Alertmanager webhook on 127.0.0.1; 0 for any free port"
              + " (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where Kafka and the correlator keep their data (default: a temporary folder,"
              + " deleted at the end).")
  @Nullable Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings (YAML), such as those of chat; the environment is read too.")
  @Nullable Path config;

  /** What to start. */
  AllInOne.Options of(Console console, String cluster, InstantSource clock) {
    return new AllInOne.Options(
        config, console.environment(), Optional.ofNullable(data), port, cluster, clock);
  }

  /** Prints a line for each incident that opens, changes or ends. */
  static void follow(AllInOne all, Console console) {
    IncidentLine lines = new IncidentLine();
    all.follow(incident -> lines.of(incident).ifPresent(console.out()::println));
  }
}
