package io.causeline.standalone.record;

import io.causeline.collector.normalise.WatchedKind;
import io.causeline.collector.watch.ApiResource;
import io.causeline.collector.watch.KubernetesApi;
import io.causeline.collector.watch.ResourceWatcher;
import io.causeline.collector.watch.WatchBoard;
import io.causeline.collector.watch.WatchListener;
import io.causeline.collector.watch.WatchTimings;
import io.causeline.service.Health;
import io.causeline.standalone.record.RecordingFeed.Resource;
import io.causeline.standalone.recording.RecordingWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records a cluster: watches what the event-collector watches, by the same code, and takes the
 * webhooks that the alert-bridge takes.
 */
public final class Recorder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Recorder.class);

  private final RecordingLog recording;
  private final WatchBoard board = new WatchBoard();
  private final List<ResourceWatcher> watchers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(task -> daemon("record-ticker", task));

  private Recorder(RecordingWriter writer, InstantSource clock) {
    this.recording = new RecordingLog(writer, clock);
  }

  /**
   * Starts recording.
   *
   * @param writer stays its owner's to close, after this
   * @param client of the cluster; stays its owner's to close
   * @param namespaces to record; empty for all
   */
  public static Recorder start(
      RecordingWriter writer,
      KubernetesClient client,
      RecordSettings settings,
      Set<String> namespaces,
      InstantSource clock) {
    Recorder recorder = new Recorder(writer, clock);
    KubernetesApi api = new KubernetesApi(client, settings.collector().requestTimeout());
    WatchTimings timings = WatchTimings.of(settings.collector().watchDuration());
    RecordedNamespaces wanted = new RecordedNamespaces(namespaces);
    int page = settings.collector().pageSize();
    recorder.watch(
        api, ApiResource.EVENTS, new Resource("events", "v1", "Event"), wanted, timings, page);
    for (WatchedKind kind : WatchedKind.values()) {
      Resource resource =
          new Resource(kind.resource(), kind.apiPath().replaceFirst("^apis?/", ""), kind.kind());
      recorder.watch(api, ApiResource.of(kind), resource, wanted, timings, page);
    }
    recorder.threads.forEach(Thread::start);
    var unused = recorder.ticker.scheduleAtFixedRate(recorder::tick, 1, 1, TimeUnit.SECONDS);
    return recorder;
  }

  private void watch(
      KubernetesApi api,
      ApiResource resource,
      Resource described,
      RecordedNamespaces namespaces,
      WatchTimings timings,
      int pageSize) {
    ResourceWatcher watcher =
        new ResourceWatcher(
            api,
            resource,
            new RecordingFeed(described, namespaces, recording),
            board,
            new Gaps(),
            timings,
            pageSize,
            InstantSource.system(),
            null);
    watchers.add(watcher);
    threads.add(daemon("record-" + resource.name(), watcher));
  }

  /** Adds where webhooks are taken. */
  public void routes(JavalinDefaultRoutingApi routes) {
    new WebhookRecorder(recording).routes(routes);
  }

  /** Whether everything is being watched, in words too. */
  public Health.Result readiness() {
    String detail = board.describe();
    return board.allWatching() ? Health.Result.up(detail) : Health.Result.down(detail);
  }

  /** Completed when the recording cannot be written on. */
  public CompletableFuture<Throwable> failure() {
    return recording.failure();
  }

  private void tick() {
    watchers.forEach(ResourceWatcher::tick);
  }

  /** Stops watching; returns when nothing more is written by the watchers. */
  @Override
  public void close() {
    ticker.shutdownNow();
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofSeconds(2).toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Tells what the recording lacks. */
  private static final class Gaps implements WatchListener {

    @Override
    public void restarted(String resource, String cause) {
      log.debug("{}: watching anew ({})", resource, cause);
    }

    @Override
    public void gap(String resource, Instant from, Instant to, String reason) {
      log.warn(
          "{}: the recording may lack what lasted only between {} and {} ({})",
          resource,
          from,
          to,
          reason);
    }

    @Override
    public void paused(String resource, Duration time) {
      log.debug("{}: paused for {}", resource, time);
    }
  }
}
