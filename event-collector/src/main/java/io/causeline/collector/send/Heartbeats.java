package io.causeline.collector.send;

import io.causeline.collector.send.SeenClock.Horizon;
import io.causeline.model.Heartbeat;
import io.causeline.model.Heartbeat.Gap;
import io.causeline.model.Json;
import io.causeline.model.Signal;
import io.causeline.model.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The feed's heartbeats: what moves the cluster's clock. One leaves only while everything is truly
 * being watched, so that silence is a gap; and it never claims more than what Kafka has stored.
 */
public final class Heartbeats {

  private final RecordSink sink;
  private final String cluster;
  private final Duration interval;
  private final BooleanSupplier watching;
  private final Supplier<Horizon> horizon;
  private final Function<Instant, List<Gap>> gaps;
  private final SendListener listener;
  private @Nullable Instant lastAt;
  private boolean underWay;

  /**
   * Nothing sent yet.
   *
   * @param watching whether everything is being watched at this moment
   * @param gaps those to be told at a time
   */
  public Heartbeats(
      RecordSink sink,
      String cluster,
      Duration interval,
      BooleanSupplier watching,
      Supplier<Horizon> horizon,
      Function<Instant, List<Gap>> gaps,
      SendListener listener) {
    this.sink = sink;
    this.cluster = cluster;
    this.interval = interval;
    this.watching = watching;
    this.horizon = horizon;
    this.gaps = gaps;
    this.listener = listener;
  }

  /** Why a heartbeat leaves, or does not. */
  enum Decision {
    SEND,
    NOT_WATCHING,
    NOT_DUE,
    LAST_ONE_NOT_STORED
  }

  static Decision decide(
      boolean watching,
      boolean underWay,
      Instant now,
      @Nullable Instant lastAt,
      Duration interval) {
    if (!watching) {
      return Decision.NOT_WATCHING;
    }
    if (lastAt != null && now.isBefore(lastAt.plus(interval))) {
      return Decision.NOT_DUE;
    }
    return underWay ? Decision.LAST_ONE_NOT_STORED : Decision.SEND;
  }

  /** Sends a heartbeat if one is due. To be called many times in each interval. */
  public void tick() {
    boolean truly = watching.getAsBoolean(); // before the horizon, which must not be older
    Horizon at = horizon.get();
    Heartbeat heartbeat;
    synchronized (this) {
      if (decide(truly, underWay, at.now(), lastAt, interval) != Decision.SEND) {
        return;
      }
      underWay = true;
      lastAt = at.now();
    }
    heartbeat =
        new Heartbeat(
            cluster,
            Signal.FEED_KUBERNETES,
            at.stored(),
            Duration.between(at.stored(), at.now()),
            gaps.apply(at.now()));
    try {
      var unused =
          sink.send(Topics.SIGNALS, cluster, Json.bytes(heartbeat))
              .whenComplete((stored, failure) -> settle(failure));
    } catch (RuntimeException e) {
      settle(e);
    }
  }

  private void settle(@Nullable Throwable failure) {
    synchronized (this) {
      underWay = false;
    }
    if (failure == null) {
      listener.stored("heartbeat");
    } else {
      listener.failed("heartbeat", Failures.cause(failure));
    }
  }
}
