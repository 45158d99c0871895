package io.causeline.standalone.command;

import io.causeline.service.Lifecycle;
import io.causeline.standalone.broker.DataFolder;
import io.causeline.standalone.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code causeline broker}. */
@Command(
    name = "broker",
    description =
        "Runs the embedded Kafka broker alone, on loopback, for trials of the single services.")
final class BrokerCommand implements Callable<Integer> {

  private final Console console;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "9092",
      converter = Converters.OfPort.class,
      description = "Where it listens; 0 for any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where it keeps its data (default: a temporary folder, deleted at the end).")
  private @Nullable Path data;

  BrokerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Lifecycle lifecycle = new Lifecycle()) {
      UntilStopped stop = UntilStopped.closing(lifecycle);
      DataFolder folder = lifecycle.add("data folder", DataFolder.open(Optional.ofNullable(data)));
      EmbeddedBroker broker =
          lifecycle.add(
              "broker", EmbeddedBroker.start(port, folder.path().resolve(DataFolder.KAFKA)));
      console.out().println("Kafka broker on " + broker.bootstrapServers());
      console
          .out()
          .println("data in " + folder.path() + (folder.temporary() ? ", deleted at the end" : ""));
      console.out().println("Ctrl-C stops it");
      stop.await(broker.failure());
      return 0;
    }
  }
}
