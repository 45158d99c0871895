package io.causeline.collector;

import io.causeline.collector.lease.Leadership;
import io.causeline.collector.lease.LeaseLeadership;
import io.causeline.collector.lease.LeaseTerms;
import io.causeline.collector.lease.NoRivals;
import io.causeline.collector.normalise.WatchedKind;
import io.causeline.collector.send.Epochs;
import io.causeline.collector.send.Gaps;
import io.causeline.collector.send.RecordSink;
import io.causeline.collector.send.SeenClock;
import io.causeline.collector.watch.ApiResource;
import io.causeline.collector.watch.KubernetesApi;
import io.causeline.collector.watch.WatchTimings;
import io.causeline.service.Health;
import io.causeline.service.Metrics;
import io.causeline.service.RecordWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one cluster and writes what it says to {@code signals} and {@code topology}. It starts at
 * once and goes on, whatever the API server or Kafka does, until it is closed.
 *
 * <p>After a restart everything is listed anew, since nothing is remembered: repeats change
 * nothing. What is lost then are Events that came and expired (after an hour, by default) while no
 * collector ran, and states of objects that did not last. That span is told by heartbeats, which
 * are silent in it, and, where there is a Lease, by a gap from when the last collector renewed it.
 */
public final class EventCollector implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventCollector.class);

  /** Short, since heartbeats follow a clock that may run many times as fast. */
  private static final Duration TICK = Duration.ofMillis(50);

  private static final Duration STUCK = Duration.ofSeconds(60);

  private final WatchSession.Parts parts;
  private final Leadership leadership;
  private final ScheduledExecutorService ticker;
  private final List<WatchSession> ended = new ArrayList<>();
  private @Nullable WatchSession session;
  private boolean closed;
  private volatile long tickedAt = System.nanoTime();

  private EventCollector(
      CollectorSettings settings,
      KubernetesClient client,
      RecordSink sink,
      InstantSource clock,
      WatchTimings timings,
      Metrics metrics) {
    this.leadership = leadership(settings.collector().lease(), client);
    Gaps gaps = new Gaps();
    this.parts =
        new WatchSession.Parts(
            settings,
            new KubernetesApi(client, settings.collector().requestTimeout()),
            timings,
            new GatedSink(sink, leadership::held),
            new SeenClock(clock),
            new Epochs(InstantSource.system()),
            gaps,
            new CollectorMetrics(metrics, gaps));
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "collector-ticker");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts collecting.
   *
   * @param client of the cluster; stays its owner's to close
   * @param writer to Kafka, whose topics must be there; stays its owner's to close
   * @param clock what {@code observedAt} and heartbeats go by: the system's, but a recording's in a
   *     demo
   */
  public static EventCollector start(
      CollectorSettings settings,
      KubernetesClient client,
      RecordWriter writer,
      InstantSource clock,
      Metrics metrics,
      Health health) {
    WatchTimings timings = WatchTimings.of(settings.collector().watchDuration());
    return start(settings, client, new KafkaSink(writer), clock, timings, metrics, health);
  }

  static EventCollector start(
      CollectorSettings settings,
      KubernetesClient client,
      RecordSink sink,
      InstantSource clock,
      WatchTimings timings,
      Metrics metrics,
      Health health) {
    EventCollector collector = new EventCollector(settings, client, sink, clock, timings, metrics);
    collector.register(metrics, health);
    collector.leadership.start(collector.new Turns());
    var unused =
        collector.ticker.scheduleAtFixedRate(
            collector::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    return collector;
  }

  /** Stops watching and gives up the lease. What Kafka was handed is its writer's to finish. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    ticker.shutdownNow();
    var unused = end();
    leadership.close();
    try {
      for (WatchSession old : ended()) {
        old.join(Duration.ofSeconds(2));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Leadership leadership(CollectorSettings.Lease lease, KubernetesClient client) {
    if (!lease.enabled()) {
      return new NoRivals();
    }
    String clientsNamespace = client.getNamespace();
    return new LeaseLeadership(
        client,
        new LeaseTerms(
            lease.namespace().orElse(clientsNamespace == null ? "default" : clientsNamespace),
            lease.name(),
            lease.identity().orElseGet(EventCollector::identity),
            lease.duration(),
            lease.renewDeadline(),
            lease.retryPeriod()));
  }

  private static String identity() {
    String random = UUID.randomUUID().toString().substring(0, 8);
    try {
      return InetAddress.getLocalHost().getHostName() + "_" + random;
    } catch (UnknownHostException e) {
      return "collector_" + random;
    }
  }

  /** Begins and ends sessions as leadership comes and goes. */
  private final class Turns implements Leadership.Listener {

    @Override
    public void gained(Leadership.@Nullable Predecessor before) {
      begin(before);
    }

    @Override
    public void lost() {
      if (end()) {
        log.warn("this is no longer the active collector");
      }
    }
  }

  private synchronized void begin(Leadership.@Nullable Predecessor before) {
    if (closed) {
      return;
    }
    if (before != null) {
      parts.epochs().after(before.validUntil());
    }
    log.info("watching as cluster {}", parts.settings().cluster());
    WatchSession next = new WatchSession(parts, before);
    session = next;
    next.start();
  }

  private synchronized boolean end() {
    WatchSession ending = session;
    if (ending == null) {
      return false;
    }
    ending.close();
    ended.removeIf(old -> old.dead().isPresent());
    ended.add(ending);
    session = null;
    return true;
  }

  private synchronized List<WatchSession> ended() {
    return List.copyOf(ended);
  }

  private synchronized Optional<WatchSession> session() {
    return Optional.ofNullable(session);
  }

  private void tick() {
    tickedAt = System.nanoTime();
    try {
      leadership.tick();
      session().ifPresent(WatchSession::tick);
    } catch (RuntimeException e) {
      log.error("a fault of ours; going on", e);
    }
  }

  private void register(Metrics metrics, Health health) {
    health.readiness("kubernetes", this::readiness);
    health.liveness("kubernetes", this::liveness);
    metrics.gauge(
        "causeline_collector_active",
        "1 while this is the active collector of its cluster, 0 while it is a standby.",
        () -> session().isPresent() ? 1.0 : 0.0);
    metrics.gauge(
        "causeline_collector_lag_seconds",
        "Age of the oldest thing seen that Kafka has not stored yet.",
        () -> value(session -> session.lag().toNanos() / 1e9));
    metrics.gauge(
        "causeline_collector_waiting",
        "Events, and objects, that were seen and that Kafka has not stored yet.",
        Map.of("box", "events"),
        () -> value(WatchSession::waitingEvents));
    metrics.gauge(
        "causeline_collector_waiting",
        "Events, and objects, that were seen and that Kafka has not stored yet.",
        Map.of("box", "topology"),
        () -> value(WatchSession::waitingObjects));
    watching(metrics, ApiResource.EVENTS);
    for (WatchedKind kind : WatchedKind.values()) {
      watching(metrics, ApiResource.of(kind));
    }
  }

  private void watching(Metrics metrics, ApiResource resource) {
    metrics.gauge(
        "causeline_collector_watching",
        "1 while the resource is being watched, 0 while it is not, by resource.",
        Map.of("resource", resource.name()),
        () -> value(session -> session.board().watching(resource.name()) ? 1 : 0));
  }

  private double value(Function<WatchSession, Number> of) {
    return session().map(of).map(Number::doubleValue).orElse(0.0);
  }

  private Health.Result readiness() {
    Optional<WatchSession> active = session();
    if (active.isEmpty()) {
      String standby = "standby; the active collector is " + leadership.holder();
      return leadership.holderKnown() ? Health.Result.up(standby) : Health.Result.down(standby);
    }
    String watched = active.get().board().describe();
    return active.get().board().allWatching()
        ? Health.Result.up(watched)
        : Health.Result.down(watched);
  }

  private Health.Result liveness() {
    Optional<String> dead = session().flatMap(WatchSession::dead);
    if (dead.isPresent()) {
      return Health.Result.down("thread " + dead.get() + " has ended");
    }
    long silent = System.nanoTime() - tickedAt;
    return silent > STUCK.toNanos()
        ? Health.Result.down("the ticker has stood still for " + silent / 1_000_000_000 + " s")
        : Health.Result.up("all threads run");
  }
}
