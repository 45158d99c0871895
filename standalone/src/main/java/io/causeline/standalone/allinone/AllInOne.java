package io.causeline.standalone.allinone;

import io.causeline.bridge.AlertBridge;
import io.causeline.collector.CollectorSettings;
import io.causeline.collector.EventCollector;
import io.causeline.correlator.Correlator;
import io.causeline.correlator.CorrelatorSettings;
import io.causeline.correlator.knowledge.KnowledgeException;
import io.causeline.correlator.knowledge.KnowledgeReload;
import io.causeline.model.Incident;
import io.causeline.service.Health;
import io.causeline.service.HttpServer;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import io.causeline.service.RecordWriter;
import io.causeline.service.StartupException;
import io.causeline.standalone.broker.DataFolder;
import io.causeline.standalone.broker.EmbeddedBroker;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Causeline whole, in one process: an embedded Kafka broker, the correlator with its API and the
 * alert bridge on one HTTP port, the event-collector on a cluster. Nothing is short-cut: what it is
 * told goes through Kafka as in production.
 */
public final class AllInOne {

  /** Of each topic; few, since one process does all the work. */
  public static final int PARTITIONS = 2;

  private static final String STATE = "state";

  /** Stands for the broker's address while settings are only checked. */
  private static final String NO_BROKER = "localhost:1";

  private final Lifecycle lifecycle;
  private final AllInOneSettings settings;
  private final EmbeddedBroker broker;
  private final HttpServer server;
  private final Correlator correlator;
  private final AlertBridge bridge;
  private final Health health;
  private final Metrics metrics;
  private final InstantSource clock;

  /**
   * What to start.
   *
   * @param config a settings file; null for the defaults
   * @param environment the whole of it
   * @param data where Kafka and the correlator keep their data; empty for a temporary folder
   * @param port of the API and the webhook; 0 for any free one
   * @param cluster the cluster's name
   * @param clock what is observed is dated by it; a recording's in a demo
   */
  public record Options(
      @Nullable Path config,
      Map<String, String> environment,
      Optional<Path> data,
      int port,
      String cluster,
      InstantSource clock) {}

  private AllInOne(Options options, Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
    this.clock = options.clock();
    DataFolder folder = lifecycle.add("data folder", DataFolder.open(options.data()));
    // Faults of settings are told before anything is started.
    load(options, NO_BROKER, folder);
    this.broker =
        lifecycle.add("broker", EmbeddedBroker.start(0, folder.path().resolve(DataFolder.KAFKA)));
    this.settings = load(options, broker.bootstrapServers(), folder);
    this.health = new Health();
    this.metrics = new Metrics();
    this.correlator =
        new Correlator(settings.correlator(), knowledge(settings), health, metrics, clock);
    this.bridge = new AlertBridge(settings.bridge(), health, metrics, clock);
    this.server =
        lifecycle.add(
            "http",
            HttpServer.start(
                settings.correlator().http(),
                health,
                metrics,
                routes -> {
                  correlator.routes(routes);
                  bridge.routes(routes);
                }));
  }

  private static AllInOneSettings load(Options options, String bootstrap, DataFolder folder) {
    return AllInOneSettings.load(
        options.config(),
        options.environment(),
        bootstrap,
        folder.path().resolve(STATE),
        options.port(),
        options.cluster());
  }

  private static KnowledgeReload knowledge(AllInOneSettings settings) {
    try {
      return KnowledgeReload.open(settings.correlator().knowledge().orElse(null));
    } catch (KnowledgeException e) {
      throw new StartupException(
          "The knowledge packs of causeline.knowledge cannot be used:\n" + e.getMessage(), e);
    }
  }

  /**
   * Starts all but the collector, and returns once it correlates and takes alerts.
   *
   * @param lifecycle is handed everything that is opened
   * @throws StartupException saying what a person must change
   */
  public static AllInOne start(Options options, Lifecycle lifecycle) {
    AllInOne all = new AllInOne(options, lifecycle);
    lifecycle.add("correlator", all.correlator);
    all.correlator.start(all.server.port());
    await(all.correlator.connected());
    lifecycle.add("alert-bridge", all.bridge);
    all.bridge.start();
    await(all.bridge.connected());
    return all;
  }

  private static void await(CompletableFuture<Boolean> connected) {
    try {
      if (!connected.join()) {
        throw new StartupException("it was stopped while it started");
      }
    } catch (CompletionException e) {
      if (e.getCause() instanceof StartupException why) {
        throw why;
      }
      throw e;
    }
  }

  /** Begins to watch a cluster. */
  public void collect(KubernetesClient client) {
    RecordWriter writer =
        lifecycle.add(
            "collector's writer",
            new RecordWriter(settings.collector().kafka(), "event-collector", metrics));
    lifecycle.add(
        "event-collector",
        EventCollector.start(settings.collector(), client, writer, clock, metrics, health));
  }

  /** Tells every change of an incident, in the order in which they were published. */
  public void follow(Consumer<Incident> listener) {
    lifecycle.add("incident feed", IncidentFeed.start(settings.correlator().kafka(), listener));
  }

  /**
   * Settings of the collector, for who opens the client before anything is started.
   *
   * @throws StartupException naming every fault of the settings
   */
  public static CollectorSettings.Collector collectorSettings(Options options) {
    return AllInOneSettings.load(
            options.config(),
            options.environment(),
            NO_BROKER,
            Path.of(STATE),
            options.port(),
            options.cluster())
        .collector()
        .collector();
  }

  /** The correlator's settings, those of the broker that runs here among them. */
  public CorrelatorSettings correlatorSettings() {
    return settings.correlator();
  }

  /** Where the API is. */
  public String url() {
    return server.url();
  }

  /** Where Alertmanager should POST alerts of this cluster. */
  public URI webhook() {
    return URI.create(server.url() + "/webhooks/alertmanager");
  }

  /** Completes when there is no going on. */
  public CompletableFuture<Throwable> failure() {
    CompletableFuture<Throwable> either = new CompletableFuture<>();
    var unusedBroker = broker.failure().thenAccept(either::complete);
    var unusedStreams = correlator.failure().thenAccept(either::complete);
    return either;
  }
}
