package io.causeline.standalone.command;

import io.causeline.bridge.AlertBridgeService;
import io.causeline.collector.EventCollectorService;
import io.causeline.correlator.CorrelatorService;
import io.causeline.service.Lifecycle;
import io.causeline.service.SettingsLoader;
import io.causeline.standalone.ServiceSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands of the single services, for a real Kafka cluster. */
final class ServiceCommands {

  private ServiceCommands() {}

  /** Starts one and waits until it is stopped. */
  private abstract static class Service implements Callable<Integer> {

    final Console console;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description =
            "Settings (YAML); else the file that CAUSELINE_CONFIG names. CAUSELINE_… in the"
                + " environment outranks it.")
    private @Nullable Path config;

    Service(Console console) {
      this.console = console;
    }

    abstract CompletableFuture<Throwable> start(SettingsLoader loader, Lifecycle lifecycle);

    @Override
    public Integer call() throws InterruptedException {
      Map<String, String> environment = console.environment();
      Path file =
          Optional.ofNullable(config)
              .or(
                  () ->
                      Optional.ofNullable(environment.get("CAUSELINE_CONFIG"))
                          .filter(name -> !name.isBlank())
                          .map(Path::of))
              .orElse(null);
      SettingsLoader loader = SettingsLoader.of(file, environment, Map.of());
      try (Lifecycle lifecycle = new Lifecycle()) {
        UntilStopped stop = UntilStopped.closing(lifecycle);
        stop.await(start(loader, lifecycle));
        return 0;
      }
    }
  }

  /** {@code causeline event-collector}. */
  @Command(
      name = "event-collector",
      description = "Watches a Kubernetes cluster and writes what it says to Kafka.")
  static final class Collector extends Service {

    Collector(Console console) {
      super(console);
    }

    @Override
    CompletableFuture<Throwable> start(SettingsLoader loader, Lifecycle lifecycle) {
      EventCollectorService.start(
          ServiceSettings.collector(loader), console.environment(), lifecycle);
      return new CompletableFuture<>();
    }
  }

  /** {@code causeline correlator}. */
  @Command(
      name = "correlator",
      description = "Correlates what is in Kafka into incidents, and serves them over HTTP.")
  static final class Correlator extends Service {

    Correlator(Console console) {
      super(console);
    }

    @Override
    CompletableFuture<Throwable> start(SettingsLoader loader, Lifecycle lifecycle) {
      return CorrelatorService.start(ServiceSettings.correlator(loader), lifecycle).failure();
    }
  }

  /** {@code causeline alert-bridge}. */
  @Command(
      name = "alert-bridge",
      description = "Takes Alertmanager's webhooks into Kafka, and tells incidents in chat.")
  static final class Bridge extends Service {

    Bridge(Console console) {
      super(console);
    }

    @Override
    CompletableFuture<Throwable> start(SettingsLoader loader, Lifecycle lifecycle) {
      AlertBridgeService.start(ServiceSettings.bridge(loader), lifecycle);
      return new CompletableFuture<>();
    }
  }
}
