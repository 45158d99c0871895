package io.causeline.collector;

import io.causeline.collector.send.Gaps;
import io.causeline.collector.send.SendListener;
import io.causeline.collector.watch.WatchListener;
import io.causeline.service.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what watchers and boxes go through, and keeps the record of gaps. */
final class CollectorMetrics implements SendListener, WatchListener {

  private static final Logger log = LoggerFactory.getLogger(CollectorMetrics.class);

  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Gaps gaps;
  private final Metrics.Counter stored;
  private final Metrics.Counter failed;
  private final Metrics.Counter rejected;
  private final Metrics.Counter restarts;
  private final Metrics.Counter gapCount;
  private final Metrics.Counter pausedSeconds;
  private final AtomicReference<String> lastGap = new AtomicReference<>("");
  private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - QUIET_NANOS);

  CollectorMetrics(Metrics metrics, Gaps gaps) {
    this.gaps = gaps;
    this.stored =
        metrics.counter(
            "causeline_collector_records_total",
            "Records that Kafka has stored, by kind: kubernetes-event and heartbeat are signals;"
                + " present, gone and epoch-end are topology.",
            "kind");
    this.failed =
        metrics.counter(
            "causeline_collector_send_failures_total",
            "Times that Kafka did not store what was sent, by kind; it is sent again.",
            "kind");
    this.rejected =
        metrics.counter(
            "causeline_collector_rejected_total",
            "What the Kubernetes API sent that could not be told, or not whole, by resource and"
                + " reason; each is logged.",
            "resource",
            "reason");
    this.restarts =
        metrics.counter(
            "causeline_collector_watch_restarts_total",
            "Watches and lists begun again, by resource and cause: ended is how watches normally"
                + " go, expired means that a full list was needed.",
            "resource",
            "cause");
    this.gapCount =
        metrics.counter(
            "causeline_collector_gaps_total",
            "Spans in which changes may have been missed, by resource.",
            "resource");
    this.pausedSeconds =
        metrics.counter(
            "causeline_collector_paused_seconds_total",
            "Seconds for which a watch was closed to wait for Kafka, by resource.",
            "resource");
  }

  @Override
  public void stored(String kind) {
    stored.inc(kind);
  }

  @Override
  public void failed(String kind, Throwable cause) {
    failed.inc(kind);
    long now = System.nanoTime();
    long last = loggedAt.get();
    if (now - last >= QUIET_NANOS && loggedAt.compareAndSet(last, now)) {
      log.warn(
          "Kafka did not store a record ({}): {}; it will be sent again", kind, cause.toString());
    }
  }

  @Override
  public void rejected(String resource, String reason) {
    rejected.inc(resource, reason);
    log.warn("{}: something could not be told ({})", resource, reason);
  }

  @Override
  public void restarted(String resource, String cause) {
    restarts.inc(resource, cause);
  }

  @Override
  public void gap(String resource, Instant from, Instant to, String reason) {
    gapCount.inc(resource);
    gaps.add(from, to, reason);
    String gap = from + " " + reason;
    if (!gap.equals(lastGap.getAndSet(gap))) { // of a standby that takes over, once for all
      log.warn("between {} and {} changes may have been missed: {}", from, to, reason);
    }
  }

  @Override
  public void paused(String resource, Duration time) {
    pausedSeconds.add(time.toNanos() / 1e9, resource);
  }
}
