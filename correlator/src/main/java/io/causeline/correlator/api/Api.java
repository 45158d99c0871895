package io.causeline.correlator.api;

import io.causeline.correlator.knowledge.CauseCatalogue;
import io.causeline.correlator.streams.LocalPartitions;
import io.causeline.correlator.streams.Placement;
import io.causeline.model.Topics;
import io.causeline.service.Health;
import io.causeline.service.Metrics;
import io.causeline.service.RecordWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/** The parts behind the API's routes, put together. */
public final class Api implements AutoCloseable {

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);

  private final ApiRoutes routes;
  private final ChangeHub hub;

  /**
   * An API; {@link #start} starts its stream of changes.
   *
   * @param queryTimeout how long a query waits for other correlators
   * @param writer null while there is no connection to Kafka
   * @param causes that are known now
   * @param committed makes consumers that read only what is committed
   */
  public Api(
      LocalPartitions local,
      Placement placement,
      String topicPrefix,
      int partitions,
      Duration queryTimeout,
      Supplier<@Nullable RecordWriter> writer,
      Supplier<Consumer<byte[], byte[]>> committed,
      Supplier<CauseCatalogue> causes,
      InstantSource clock,
      Metrics metrics) {
    QueryRouter router =
        new QueryRouter(
            new LocalQueries(local),
            placement,
            new HttpRemoteQueries(queryTimeout),
            partitions,
            queryTimeout);
    IncidentHandlers incidents = new IncidentHandlers(router, partitions);
    String topic = Topics.INCIDENTS.name(topicPrefix);
    this.hub = new ChangeHub(committed, topic, partitions, metrics);
    this.routes =
        new ApiRoutes(
            incidents,
            new ActionHandler(
                incidents,
                ActionHandler.CommandLog.of(writer),
                causes,
                clock,
                STORE_TIMEOUT,
                metrics),
            new StreamHandler(
                hub, new CatchUp(committed, topic, partitions), partitions, HEARTBEAT, metrics),
            new CauseHandlers(causes));
  }

  /** For the server. */
  public ApiRoutes routes() {
    return routes;
  }

  /** Begins to read changes; the topics must be there. */
  public void start() {
    hub.start();
  }

  /** Whether streams show what happens. */
  public Health.Result streamReadiness() {
    return hub.readiness();
  }

  /** Ends all streams. */
  @Override
  public void close() {
    hub.close();
  }
}
