package io.causeline.standalone.command;

import java.nio.file.Path;
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
}
