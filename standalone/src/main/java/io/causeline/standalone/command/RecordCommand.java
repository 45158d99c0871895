package io.causeline.standalone.command;

import io.causeline.bridge.BridgeSettings;
import io.causeline.collector.CollectorSettings;
import io.causeline.collector.KubernetesConnection;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import io.causeline.service.SettingsLoader;
import io.causeline.standalone.record.RecordSettings;
import io.causeline.standalone.record.Recorder;
import io.causeline.standalone.recording.RecordingWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code causeline record}. */
@Command(
    name = "record",
    description =
        "Writes what the current cluster says, and the webhooks that Alertmanager POSTs to"
            + " http://HOST:PORT/webhooks/alertmanager, to a file that can be replayed.")
final class RecordCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private SettingsOptions settings = new SettingsOptions();

  @Parameters(paramLabel = "FILE", description = "A new file, such as outage.jsonl.")
  private Path file = Path.of("");

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      arity = "1..*",
      description = "Records these namespaces only, and what belongs to none (default: all).")
  private List<String> namespaces = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Converters.OfPort.class,
      description = "Where webhooks are taken (default: causeline.http.port, else 8080).")
  private @Nullable Integer port;

  RecordCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Lifecycle lifecycle = new Lifecycle()) {
      UntilStopped stop = UntilStopped.closing(lifecycle);
      RecordSettings loaded = load();
      KubernetesClient client =
          lifecycle.add(
              "kubernetes-client",
              KubernetesConnection.open(loaded.collector(), console.environment()));
      RecordingWriter writer = lifecycle.add("recording", RecordingWriter.create(file));
      lifecycle.add(
          "summary", () -> console.out().println(writer.written() + " records in " + file));
      Recorder recorder =
          lifecycle.add(
              "recorder",
              Recorder.start(
                  writer, client, loaded, Set.copyOf(namespaces), InstantSource.system()));
      Health health = new Health();
      health.readiness("watches", recorder::readiness);
      HttpServer server =
          lifecycle.add(
              "http", HttpServer.start(loaded.http(), health, new Metrics(), recorder::routes));
      console.out().println("recording " + client.getMasterUrl() + " to " + file);
      console.out().println("Alertmanager's webhooks: " + server.url() + "/webhooks/alertmanager");
      console.out().println("Ctrl-C ends the recording");
      stop.await(recorder.failure());
      return 0;
    }
  }

  private RecordSettings load() {
    Map<String, @Nullable String> overrides = new HashMap<>();
    overrides.put("causeline.http.port", port == null ? null : port.toString());
    SettingsLoader loader = settings.loader(console, overrides);
    return loader.load(RecordSettings.class, CollectorSettings.class, BridgeSettings.class);
  }
}
