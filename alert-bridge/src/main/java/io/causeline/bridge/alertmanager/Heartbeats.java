package io.causeline.bridge.alertmanager;

import io.causeline.model.Heartbeat;
import io.causeline.model.Json;
import io.causeline.model.Signal;
import io.causeline.model.Topics;
import io.causeline.service.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of each known cluster, again and again, that its alert feed lives, up to when everything has
 * been sent, and what may be missing. While a cluster's last heartbeat is still on its way to Kafka
 * no other is sent, so that they do not pile up before a broker that is down.
 */
final class Heartbeats implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);

  private final RecordSink sink;
  private final ClusterFeeds feeds;
  private final InFlight inFlight;
  private final InstantSource clock;
  private final Duration interval;
  private final Metrics.Counter beats;
  private final Map<String, CompletableFuture<?>> underWay = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "alert-heartbeats");
            thread.setDaemon(true);
            return thread;
          });

  Heartbeats(
      RecordSink sink,
      ClusterFeeds feeds,
      InFlight inFlight,
      InstantSource clock,
      Duration interval,
      Metrics metrics) {
    this.sink = sink;
    this.feeds = feeds;
    this.inFlight = inFlight;
    this.clock = clock;
    this.interval = interval;
    this.beats =
        metrics.counter(
            "causeline_bridge_heartbeats_total",
            "Heartbeats of clusters' alert feeds, by outcome: sent, or skipped because the last one"
                + " is still on its way to Kafka.",
            "outcome");
    metrics.gauge(
        "causeline_bridge_clusters",
        "Clusters whose alert feed has heartbeats from this bridge.",
        () -> (double) feeds.known(clock.instant()).size());
  }

  /** Beats at once and then at every interval. */
  void start() {
    var unused =
        timer.scheduleAtFixedRate(this::beatSafely, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One round. */
  void beat() {
    Map<String, ClusterFeed> known = feeds.known(clock.instant());
    underWay.keySet().retainAll(known.keySet());
    known.forEach(
        (cluster, feed) -> {
          CompletableFuture<?> last = underWay.get(cluster);
          if (last != null && !last.isDone()) {
            beats.inc("skipped");
            return;
          }
          Instant upTo = inFlight.sentUpTo();
          Heartbeat heartbeat =
              new Heartbeat(
                  cluster, Signal.FEED_ALERTMANAGER, upTo, inFlight.lag(), feed.gaps(upTo));
          underWay.put(
              cluster, sink.send(Topics.SIGNALS, cluster, Json.bytes(heartbeat), Map.of()));
          beats.inc("sent");
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** A round that fails must not end the timer. */
  private void beatSafely() {
    try {
      beat();
    } catch (RuntimeException e) {
      log.error("a round of heartbeats failed; the next one is tried", e);
    }
  }
}
