package io.causeline.collector;

import io.causeline.collector.lease.Leadership.Predecessor;
import io.causeline.collector.normalise.WatchedKind;
import io.causeline.collector.send.Epochs;
import io.causeline.collector.send.EventBox;
import io.causeline.collector.send.Gaps;
import io.causeline.collector.send.Heartbeats;
import io.causeline.collector.send.RecordSink;
import io.causeline.collector.send.SeenClock;
import io.causeline.collector.send.TopologyBox;
import io.causeline.collector.watch.ApiResource;
import io.causeline.collector.watch.KubernetesApi;
import io.causeline.collector.watch.ResourceFeed;
import io.causeline.collector.watch.ResourceWatcher;
import io.causeline.collector.watch.WatchBoard;
import io.causeline.collector.watch.WatchTimings;
import io.causeline.model.Heartbeat.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is done while this collector is the active one: a watcher for each resource, the boxes
 * before Kafka, the heartbeats. It begins with full lists, so it needs to know nothing of what was
 * before; but for a gap from when another collector was last seen to be active.
 */
final class WatchSession implements AutoCloseable {

  private final WatchBoard board = new WatchBoard();
  private final SeenClock clock;
  private final EventBox events;
  private final TopologyBox topology;
  private final Heartbeats heartbeats;
  private final List<ResourceWatcher> watchers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** What a session is made of, beside its own state. */
  record Parts(
      CollectorSettings settings,
      KubernetesApi api,
      WatchTimings timings,
      RecordSink sink,
      SeenClock clock,
      Epochs epochs,
      Gaps gaps,
      CollectorMetrics metrics) {}

  WatchSession(Parts parts, @Nullable Predecessor before) {
    CollectorSettings.Collector settings = parts.settings().collector();
    String cluster = parts.settings().cluster();
    this.clock = parts.clock();
    Instant goodUntil = before == null ? null : before.seenAt();
    this.events =
        new EventBox(
            parts.sink(),
            cluster,
            settings.bufferSize(),
            goodUntil,
            parts.metrics(),
            this::eventsFailed);
    this.topology =
        new TopologyBox(
            parts.sink(), settings.bufferSize(), parts.metrics(), parts.timings().backoff());
    this.heartbeats =
        new Heartbeats(
            parts.sink(),
            cluster,
            settings.heartbeatInterval(),
            board::allWatching,
            this::horizon,
            now -> gaps(parts, now),
            parts.metrics());
    NamespaceFilter namespaces =
        new NamespaceFilter(Set.copyOf(settings.namespaces().orElse(List.of())));
    watch(
        parts,
        ApiResource.EVENTS,
        new EventFeed(cluster, namespaces, clock, events, parts.metrics()),
        goodUntil);
    for (WatchedKind kind : WatchedKind.values()) {
      watch(
          parts,
          ApiResource.of(kind),
          new ObjectFeed(
              cluster, kind, namespaces, clock, parts.epochs(), topology, parts.metrics()),
          goodUntil);
    }
    thread("send-events", events);
    thread("send-topology", topology);
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** To be called many times a second. */
  void tick() {
    watchers.forEach(ResourceWatcher::tick);
    heartbeats.tick();
  }

  WatchBoard board() {
    return board;
  }

  /** How far what is stored lies behind what was seen. */
  Duration lag() {
    SeenClock.Horizon at = horizon();
    return Duration.between(at.stored(), at.now());
  }

  int waitingEvents() {
    return events.size();
  }

  int waitingObjects() {
    return topology.size();
  }

  /** The name of a thread that has died, which none ever should. */
  Optional<String> dead() {
    return threads.stream()
        .filter(thread -> thread.getState() == Thread.State.TERMINATED)
        .map(Thread::getName)
        .findFirst();
  }

  /** Stops at once; what is not stored is thrown away, and found again by whoever lists next. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }

  /** Waits for the threads to end, after {@link #close}. */
  void join(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (Thread thread : threads) {
      thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
  }

  private void watch(
      Parts parts, ApiResource resource, ResourceFeed feed, @Nullable Instant goodUntil) {
    ResourceWatcher watcher =
        new ResourceWatcher(
            parts.api(),
            resource,
            feed,
            board,
            parts.metrics(),
            parts.timings(),
            parts.settings().collector().pageSize(),
            clock::now,
            goodUntil);
    watchers.add(watcher);
    thread("watch-" + resource.name(), watcher);
  }

  /** Those that are over, and what the API server does not allow to be read. */
  private List<Gap> gaps(Parts parts, Instant now) {
    List<Gap> gaps = new ArrayList<>(parts.gaps().at(now));
    gaps.addAll(board.gaps());
    return gaps;
  }

  private void thread(String name, Runnable task) {
    Thread thread = new Thread(task, "collector-" + name);
    thread.setDaemon(true);
    threads.add(thread);
  }

  private void eventsFailed() {
    watchers.get(0).sendFailed(); // events are the first
  }

  private SeenClock.Horizon horizon() {
    Supplier<Optional<Instant>> oldestEvent = events::oldest;
    Supplier<Optional<Instant>> oldestObject = topology::oldest;
    return clock.horizon(Stream.of(oldestEvent, oldestObject));
  }
}
