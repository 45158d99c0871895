package io.causeline.correlator;

import io.causeline.correlator.api.Api;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.KnowledgeReload;
import io.causeline.correlator.streams.ClusterTroubles;
import io.causeline.correlator.streams.CoreCorrelation;
import io.causeline.correlator.streams.CorrelatorMetrics;
import io.causeline.correlator.streams.CorrelatorTopology;
import io.causeline.correlator.streams.InputState;
import io.causeline.correlator.streams.KafkaPartitions;
import io.causeline.correlator.streams.RocksDbMemory;
import io.causeline.correlator.streams.StreamsInstance;
import io.causeline.model.Topics;
import io.causeline.service.Health;
import io.causeline.service.KafkaSettings;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import io.causeline.service.RecordWriter;
import io.causeline.service.StartupException;
import io.causeline.service.TopicAdmin;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The correlator as a part of a process: construct it, add its {@link #routes} to the process' HTTP
 * server, then {@link #start} it with the server's port. It closes before the server does. {@link
 * CorrelatorService} is the whole process.
 *
 * <p>Its routes answer from the first moment, with 503 and what is missing while it is not there
 * yet.
 */
public final class Correlator implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Correlator.class);

  private static final long MIB = 1024L * 1024;

  private final CorrelatorSettings settings;
  private final KnowledgeReload knowledge;
  private final Metrics metrics;
  private final InstantSource clock;
  private final Lifecycle lifecycle = new Lifecycle();
  private final TopicAdmin topics;
  private final InputState input = new InputState(System::nanoTime);
  private final ClusterTroubles troubles = new ClusterTroubles();
  private final Api api;
  private final Thread opener;
  private final KnowledgeWatch watch;
  private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private volatile @Nullable String address;
  private volatile @Nullable RecordWriter writer;
  private volatile @Nullable StreamsInstance streams;
  private volatile Health.@Nullable Result fatal;

  /**
   * Opens nothing yet.
   *
   * @param settings of which the group {@code http} only tells by which name this machine is
   *     reached
   * @param knowledge whose folder is watched once this is started
   * @param clock dates what people decide: the clusters' own clock where that is another
   * @throws io.causeline.service.SettingsException when settings contradict each other
   */
  public Correlator(
      CorrelatorSettings settings,
      KnowledgeReload knowledge,
      Health health,
      Metrics metrics,
      InstantSource clock) {
    CorrelatorSettingsCheck.require(settings);
    this.settings = settings;
    this.knowledge = knowledge;
    this.metrics = metrics;
    this.clock = clock;
    KafkaSettings kafka = settings.kafka();
    this.topics = new TopicAdmin(kafka, Topics.ALL);
    KafkaPartitions partitions = new KafkaPartitions(() -> streams, kafka.topicPrefix(), troubles);
    this.api =
        new Api(
            partitions,
            partitions,
            kafka.topicPrefix(),
            kafka.partitions(),
            settings.queryTimeout(),
            () -> writer,
            this::committedConsumer,
            knowledge::causes,
            clock,
            metrics);
    this.opener = new Thread(this::open, "correlator-start");
    this.opener.setDaemon(true);
    this.watch = new KnowledgeWatch(knowledge, metrics);
    health.readiness("correlator: kafka", this::kafkaReadiness);
    health.readiness("correlator: streams", this::streamsReadiness);
    health.readiness("correlator: stream of changes", api::streamReadiness);
    health.readiness("correlator: knowledge", () -> Health.Result.up(knowledge.detail()));
    health.liveness("correlator: streams", this::liveness);
    metrics.gauge(
        "causeline_correlator_input_lag_records",
        "Records that wait in signals, topology and commands to be read by this process.",
        () -> (double) input.lag());
  }

  private Consumer<byte[], byte[]> committedConsumer() {
    return new KafkaConsumer<>(
        StreamsConfiguration.committedConsumer(settings),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Adds the API's routes to a server. */
  public void routes(JavalinDefaultRoutingApi server) {
    api.routes().addTo(server);
  }

  /**
   * Connects to Kafka and begins to correlate, in the background.
   *
   * @param httpPort on which the API is served, for the other correlators
   */
  public void start(int httpPort) {
    address = ApplicationServer.of(settings, httpPort);
    lifecycle.add("start", this::stopOpening);
    lifecycle.add("knowledge", watch);
    watch.start();
    opener.start();
  }

  private void stopOpening() {
    topics.close();
    opener.interrupt();
  }

  /**
   * Completes with true once it correlates, with false when closed before, and exceptionally, with
   * a {@link StartupException}, when only a person can mend what keeps it from starting.
   */
  public CompletableFuture<Boolean> connected() {
    return connected.copy();
  }

  /** Completes when, once started, it has failed for good and the process must be restarted. */
  public CompletableFuture<Throwable> failure() {
    return failure.copy();
  }

  private void open() {
    try {
      if (!topics.ensure()) {
        connected.complete(false);
        return;
      }
      openStreams();
      connected.complete(true);
    } catch (StartupException | KafkaException e) {
      StartupException why =
          e instanceof StartupException known
              ? known
              : new StartupException("Kafka Streams cannot be started: " + roots(e), e);
      log.error("the correlator cannot start: {}", why.getMessage());
      fatal = Health.Result.down(String.valueOf(why.getMessage()));
      connected.completeExceptionally(why);
    } catch (IllegalStateException e) {
      // What was opened was closed at once: the process is stopping.
      log.debug("stopped while starting", e);
      connected.complete(false);
    }
  }

  private void openStreams() {
    writer =
        lifecycle.add("kafka-writer", new RecordWriter(settings.kafka(), "correlator", metrics));
    RocksDbMemory memory = new RocksDbMemory(settings.storeMemoryMib() * MIB);
    Map<String, Object> config = StreamsConfiguration.of(settings, String.valueOf(address), memory);
    CorrelatorMetrics correlatorMetrics = new CorrelatorMetrics(metrics);
    CorrelatorTopology topology =
        new CorrelatorTopology(
            settings.kafka().topicPrefix(),
            settings.kafka().partitions(),
            settings.retention(),
            CoreCorrelation.factory(
                knowledge::get, CoreSettings.defaults().in(settings.language())),
            correlatorMetrics,
            troubles,
            System::nanoTime,
            config);
    StreamsInstance instance =
        lifecycle.add(
            "streams",
            new StreamsInstance(
                topology.get(),
                config,
                memory,
                clock,
                correlatorMetrics,
                input,
                troubles,
                failure));
    streams = instance;
    lifecycle.add("api", api);
    instance.start();
    api.start();
    log.info("correlating; other correlators reach this one at {}", address);
  }

  private Health.Result kafkaReadiness() {
    Health.Result dead = fatal;
    return dead == null ? topics.readiness() : dead;
  }

  private Health.Result streamsReadiness() {
    StreamsInstance instance = streams;
    return instance == null
        ? Health.Result.down("not started yet: Kafka's topics come first")
        : instance.readiness();
  }

  private Health.Result liveness() {
    StreamsInstance instance = streams;
    return instance == null ? Health.Result.up("starting") : instance.liveness();
  }

  private static String roots(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.equals(e) ? String.valueOf(e.getMessage()) : e.getMessage() + " (" + root + ")";
  }

  /** Commits what is under way, ends streams of changes, and leaves the others its partitions. */
  @Override
  public void close() {
    lifecycle.close();
    connected.complete(false);
  }
}
