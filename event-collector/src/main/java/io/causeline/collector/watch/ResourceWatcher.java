package io.causeline.collector.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.collector.watch.AfterWatch.Decision;
import io.causeline.collector.watch.ResourceFeed.Position;
import io.causeline.collector.watch.ResourceFeed.SendFailedException;
import io.causeline.collector.watch.ResourceFeed.Taken;
import io.causeline.collector.watch.WatchBoard.State;
import io.causeline.collector.watch.WatchEnd.StopCause;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one resource watched: a paged list, then a watch from the list's resourceVersion, and again
 * whatever is needed when that ends. Nothing that the API server does ends it; only an interrupt
 * does.
 *
 * <p>A change may be handed over more than once, and after a list the states between are lost; the
 * span in which that may be is told as a gap.
 */
public final class ResourceWatcher implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(ResourceWatcher.class);

  private final KubernetesApi api;
  private final ApiResource resource;
  private final ResourceFeed feed;
  private final WatchBoard board;
  private final WatchListener listener;
  private final WatchTimings timings;
  private final int pageSize;
  private final InstantSource clock;
  private final OpenWatch open;
  private final CountDownLatch never = new CountDownLatch(1);

  // Of the watcher's own thread:
  private @Nullable String resourceVersion;
  private @Nullable Instant goodUntil;
  private String gapReason = "no collector was active";
  private String warned = "";
  private int barren;
  private int unsent;

  /**
   * A watcher that has seen nothing yet.
   *
   * @param goodUntil up to when another watched before; null if that is not known
   */
  public ResourceWatcher(
      KubernetesApi api,
      ApiResource resource,
      ResourceFeed feed,
      WatchBoard board,
      WatchListener listener,
      WatchTimings timings,
      int pageSize,
      InstantSource clock,
      @Nullable Instant goodUntil) {
    this.api = api;
    this.resource = resource;
    this.feed = feed;
    this.board = board;
    this.listener = listener;
    this.timings = timings;
    this.pageSize = Math.min(pageSize, resource.largestPage());
    this.clock = clock;
    this.goodUntil = goodUntil;
    this.open = new OpenWatch(resource.name(), board);
    board.add(resource.name());
  }

  /** Watches until the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          if (resourceVersion != null || list()) {
            goOn(watch(timings.lasting(), timings.brief()));
          }
        } catch (RuntimeException e) {
          log.error("{}: a fault of ours; listing again", resource.name(), e);
          board.set(resource.name(), State.FAILING, "a fault of ours, see the log");
          listener.restarted(resource.name(), "fault");
          barren++;
          relist("a fault of ours, see the log");
          pause(null);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the watch that is open: what has been taken was not stored. Any thread may call it. */
  public void sendFailed() {
    open.stop(StopCause.SEND_FAILED);
  }

  /**
   * To be called now and then, by any thread: gives up a watch that has outlived what the server
   * lets it last.
   */
  public void tick() {
    open.tick();
  }

  /** Lists once; false if that failed and is to be tried again. */
  private boolean list() throws InterruptedException {
    if (!board.isWithout(resource.name())) {
      board.set(resource.name(), State.LISTING);
    }
    try {
      feed.listStarts();
      KubernetesApi.Page page = api.list(resource, pageSize, null);
      String version = page.resourceVersion(); // all pages are of this moment
      while (true) {
        for (JsonNode item : page.items()) {
          feed.listItem(item);
        }
        String next = page.next();
        if (next == null) {
          break;
        }
        page = api.list(resource, pageSize, next);
      }
      feed.listEnds(version);
      listed(version);
      return true;
    } catch (ApiException e) {
      barren++;
      listener.restarted(resource.name(), e.expired() ? "list-expired" : "list-failed");
      if (resource.optional() && (e.notServed() || e.forbidden())) {
        warn(e.getMessage() + "; going on without, and trying again");
        board.without(
            resource.name(),
            e.forbidden() ? State.FORBIDDEN : State.NOT_SERVED,
            String.valueOf(e.getMessage()),
            clock.instant());
      } else if (!e.expired()) {
        warn(e.getMessage() + "; trying again");
        board.set(resource.name(), State.FAILING, String.valueOf(e.getMessage()));
      }
      pause(e.retryAfter());
    } catch (SendFailedException e) {
      listener.restarted(resource.name(), "send-failed");
      unsent++;
      pause(null);
      recover();
    }
    return false;
  }

  private void listed(String version) {
    resourceVersion = version;
    Instant now = clock.instant();
    if (goodUntil != null) {
      listener.gap(resource.name(), goodUntil, now, gapReason);
    }
    goodUntil = now;
  }

  /**
   * Watches from the current resourceVersion until that ends.
   *
   * @param brief a watch that ends sooner, having brought nothing, tells nothing
   */
  private WatchEnd watch(Duration lasting, Duration brief) throws InterruptedException {
    boolean moved = false;
    try (WatchStream stream =
        api.watch(resource, Objects.requireNonNull(resourceVersion), lasting)) {
      long started = System.nanoTime();
      Duration trustAfter = barren == 0 ? Duration.ZERO : timings.brief();
      if (!open.hold(stream, trustAfter, lasting.plus(timings.grace()))) {
        return new WatchEnd.Stopped(StopCause.SEND_FAILED);
      }
      while (true) {
        Optional<WatchEvent> next = stream.next();
        if (next.isEmpty()) {
          return closed(moved, System.nanoTime() - started < brief.toNanos());
        }
        WatchEnd end = take(next.get(), moved);
        if (end != null) {
          return end;
        }
        moved = true;
        barren = 0;
        warned = "";
        open.heard();
      }
    } catch (ApiException e) {
      return new WatchEnd.Refused(e, false);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return open.ended(e, moved);
    } finally {
      open.release();
    }
  }

  private WatchEnd closed(boolean moved, boolean brief) {
    if (moved || !brief) {
      goodUntil = clock.instant();
    }
    return new WatchEnd.Closed(moved, brief);
  }

  /** Hands an event on; returns how the watch ends with it, or null if it goes on. */
  private @Nullable WatchEnd take(WatchEvent event, boolean moved) {
    if (event instanceof WatchEvent.Changed changed) {
      Taken taken = feed.changed(changed);
      if (taken != Taken.TAKEN) {
        return new WatchEnd.Stopped(
            taken == Taken.NO_ROOM ? StopCause.PAUSED : StopCause.SEND_FAILED);
      }
      seen(changed.resourceVersion());
    } else if (event instanceof WatchEvent.Bookmark bookmark) {
      feed.bookmark(bookmark.resourceVersion());
      seen(bookmark.resourceVersion());
    } else if (event instanceof WatchEvent.Failed failed) {
      return new WatchEnd.Refused(failed.failure(), moved);
    } else if (event instanceof WatchEvent.Unreadable unreadable) {
      log.warn("{}: a line of the watch is {}; going on", resource.name(), unreadable.reason());
      feed.unreadable(unreadable.reason());
    }
    return null;
  }

  private void seen(String version) {
    if (!version.isEmpty()) {
      resourceVersion = version;
    }
    goodUntil = clock.instant();
  }

  /** Does what is to be done after a watch. */
  private void goOn(WatchEnd end) throws InterruptedException {
    count(end);
    Decision decision = AfterWatch.decide(end, barren);
    if (resource.optional()
        && end instanceof WatchEnd.Refused refused
        && refused.failure().forbidden()) {
      decision = new Decision(AfterWatch.Step.RELIST, decision.cause(), true); // or do without it
    }
    listener.restarted(resource.name(), decision.cause());
    report(end, decision);
    if (decision.backOff()) {
      pause(end instanceof WatchEnd.Refused refused ? refused.failure().retryAfter() : null);
    }
    switch (decision.step()) {
      case RESUME -> {}
      case REFRESH -> refresh();
      case RECOVER -> recover();
      case RELIST -> relist(gapReason(end));
    }
  }

  /** Counts how many ends in a row have come to nothing: {@link #watch} sets that back. */
  private void count(WatchEnd end) {
    if (end instanceof WatchEnd.Stopped stopped) {
      unsent += stopped.cause() == StopCause.SEND_FAILED ? 1 : 0;
    } else if (end instanceof WatchEnd.Closed closed && !closed.brief()) {
      barren = 0;
      warned = "";
    } else if (!moved(end)) {
      barren++;
    }
  }

  private static boolean moved(WatchEnd end) {
    return (end instanceof WatchEnd.Closed closed && closed.moved())
        || (end instanceof WatchEnd.Broken broken && broken.moved())
        || (end instanceof WatchEnd.Refused refused && refused.moved());
  }

  /**
   * A watch that ended with nothing to tell leaves a resourceVersion that grows older with each
   * such watch, until etcd has compacted it away (for Events there are no periodic bookmarks). So
   * the server is asked for the present one, and a short watch from the old one then proves that
   * nothing lies between them.
   */
  private void refresh() throws InterruptedException {
    String fresh;
    try {
      fresh = api.list(resource, 1, null).resourceVersion();
    } catch (ApiException e) {
      log.debug("{}: no newer resourceVersion; the old one may still do", resource.name(), e);
      return;
    }
    // Shorter than two thirds of what was asked for, it may be one that was closed at once.
    WatchEnd end = watch(timings.refresh(), timings.refresh().multipliedBy(2).dividedBy(3));
    if (end instanceof WatchEnd.Closed closed) {
      if (!closed.moved() && !closed.brief()) {
        resourceVersion = fresh;
        feed.bookmark(fresh);
      }
      return;
    }
    goOn(end);
  }

  private void relist(String reason) {
    resourceVersion = null;
    gapReason = resource.name() + ": " + reason;
  }

  private void recover() throws InterruptedException {
    long started = System.nanoTime();
    board.set(resource.name(), State.PAUSED, "waiting for Kafka to store what was seen");
    String before = resourceVersion;
    Position position = feed.recover(new Position(before, goodUntil, true));
    listener.paused(resource.name(), Duration.ofNanos(System.nanoTime() - started));
    if (!Objects.equals(before, position.resourceVersion())) {
      log.info("{}: going on from what Kafka has stored", resource.name());
    }
    if (position.resourceVersion() == null) {
      relist("Kafka did not store the list");
    } else {
      resourceVersion = position.resourceVersion();
    }
    if (position.stored()) {
      unsent = 0;
    }
    goodUntil = position.goodUntil();
    open.mayGoOn();
  }

  private void report(WatchEnd end, Decision decision) {
    if (decision.cause().equals("ended")) {
      log.debug("{}: the watch ended; going on", resource.name());
      return;
    }
    String detail = decision.cause();
    if (end instanceof WatchEnd.Refused refused) {
      detail += ": " + refused.failure().getMessage();
    } else if (end instanceof WatchEnd.Broken broken) {
      detail += ": " + broken.what();
    }
    warn("the watch ended (" + detail + "); next: " + decision.step());
    board.set(resource.name(), barren > 1 ? State.FAILING : State.RECONNECTING, detail);
  }

  /** Once for each trouble, however often it comes in a row. */
  private void warn(String trouble) {
    if (trouble.equals(warned)) {
      log.debug("{}: {}", resource.name(), trouble);
    } else {
      log.warn("{}: {}", resource.name(), trouble);
    }
    warned = trouble;
  }

  private static String gapReason(WatchEnd end) {
    if (end instanceof WatchEnd.Refused refused && !refused.failure().expired()) {
      return "the watch was refused: " + refused.failure().getMessage();
    }
    return end instanceof WatchEnd.Closed
        ? "what changed was no longer kept when asked for (watches were closed at once)"
        : "what changed was no longer kept when asked for (410 Gone)";
  }

  /** Waits before the next try, at least as long as the server asked for. */
  private void pause(@Nullable Duration asked) throws InterruptedException {
    Duration wait =
        timings
            .backoff()
            .after(Math.max(barren, unsent), () -> ThreadLocalRandom.current().nextDouble());
    Duration longer = asked != null && asked.compareTo(wait) > 0 ? asked : wait;
    never.await(longer.toNanos(), TimeUnit.NANOSECONDS);
  }
}
