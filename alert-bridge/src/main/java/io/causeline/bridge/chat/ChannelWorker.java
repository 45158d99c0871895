package io.causeline.bridge.chat;

import io.causeline.bridge.chat.ChannelQueue.Taken;
import io.causeline.bridge.chat.Delivery.Progress;
import io.causeline.bridge.chat.NotificationLog.NotificationLogException;
import io.causeline.service.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Serves one channel, in a thread of its own, so that a channel that is slow or out holds up no
 * other. Work comes in by {@link #offer}; how far it is done is told by {@link #firstOffset}.
 */
final class ChannelWorker implements AutoCloseable {

  private static final Duration LOG_RETRY = Duration.ofSeconds(5);
  private static final Duration FAULT_RETRY = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final ChatChannel channel;
  private final InstantSource clock;
  private final ChannelQueue queue = new ChannelQueue();
  private final NotificationBook book;
  private final ChannelPace pace;
  private final ChannelReport report;
  private final Delivery delivery;
  // Held during a step, so that a partition is given up between steps.
  private final ReentrantLock stepping = new ReentrantLock(true);
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean closed;
  private @Nullable Thread thread;

  ChannelWorker(
      ChatChannel channel,
      NotificationLog log,
      InstantSource clock,
      Metrics metrics,
      @Nullable WebLink external) {
    this.channel = channel;
    this.clock = clock;
    this.book = new NotificationBook(channel.name(), log);
    this.pace = new ChannelPace(channel.capabilities().spacing());
    this.report = new ChannelReport(channel.name(), metrics);
    this.delivery = new Delivery(channel, book, pace, report, clock, external);
    ChannelReport.watch(channel.name(), queue, clock, metrics);
  }

  /** Its channel's name. */
  String name() {
    return channel.name();
  }

  /** What keeps it from sending, in one sentence; empty for nothing. */
  String trouble() {
    return report.trouble();
  }

  /** Whether its thread runs. */
  boolean alive() {
    Thread running = thread;
    return running != null && running.isAlive();
  }

  /** How many incidents wait. */
  int pending() {
    return queue.size();
  }

  /** Starts its thread. */
  void start() {
    Thread started = new Thread(this::run, "chat-" + channel.name());
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  /** Takes a partition on, with what the log has of it. */
  void assign(int partition, Map<IncidentRef, NotificationState> states) {
    stepping.lock();
    try {
      queue.release(partition);
      book.load(partition, states);
    } finally {
      stepping.unlock();
    }
  }

  /**
   * Gives a partition up; returns once nothing is under way for it, or after {@code patience}: what
   * is under way then is found by its intent.
   */
  void release(int partition, Duration patience) {
    queue.release(partition);
    boolean alone = false;
    try {
      alone = stepping.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (alone) {
        queue.release(partition);
        book.drop(partition);
      } else {
        report.givenUpEarly(partition);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (alone) {
        stepping.unlock();
      }
    }
  }

  /** Adds work; see {@link ChannelQueue#offer}. */
  void offer(IncidentRef ref, Work work, long firstOffset) {
    queue.offer(ref, work, firstOffset, clock.instant());
    wake.release();
  }

  /** The first offset of a partition that this channel has not dealt with, if any. */
  OptionalLong firstOffset(int partition) {
    return queue.firstOffset(partition);
  }

  /** Does at most one call to the channel, if one is due; returns when to be called again. */
  Instant step() {
    stepping.lock();
    try {
      Instant now = clock.instant();
      if (now.isBefore(pace.openAt())) {
        return pace.openAt();
      }
      Optional<Taken> next = queue.take(now, delivery::urgency);
      if (next.isEmpty()) {
        return queue.nextDue();
      }
      Taken taken = next.get();
      Progress progress = advance(taken);
      if (progress instanceof Progress.Later later) {
        queue.later(taken, later.notBefore());
      } else {
        queue.done(taken);
      }
      Instant due = queue.nextDue();
      return due.isBefore(pace.openAt()) ? pace.openAt() : due;
    } finally {
      stepping.unlock();
    }
  }

  private Progress advance(Taken taken) {
    try {
      return delivery.advance(taken.ref(), taken.work());
    } catch (NotificationLogException e) {
      Instant retry = clock.instant().plus(LOG_RETRY);
      pace.hold(retry);
      report.waits("Kafka does not store what was posted: " + e.getMessage(), retry);
      return new Progress.Later(retry);
    } catch (RuntimeException e) {
      // A fault of ours in one incident must not keep the others from being told.
      Instant retry = clock.instant().plus(FAULT_RETRY);
      report.failed(taken.ref(), e, retry);
      return new Progress.Later(retry);
    }
  }

  private void run() {
    while (!closed) {
      Instant next = step();
      Duration wait =
          Duration.between(clock.instant(), min(next, clock.instant().plus(LONGEST_WAIT)));
      if (wait.isNegative() || wait.isZero()) {
        continue;
      }
      try {
        if (wake.tryAcquire(wait.toMillis() + 1, TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /**
   * Ends its thread and closes the channel. A call that is under way gets a moment, then it is cut
   * off: what became of it is found out after the next start.
   */
  @Override
  public void close() {
    closed = true;
    wake.release();
    awaitEnd();
    channel.close();
    Thread running = thread;
    if (running != null && running.isAlive()) {
      running.interrupt();
      awaitEnd();
    }
  }

  private void awaitEnd() {
    Thread running = thread;
    if (running != null) {
      try {
        running.join(CLOSE_PATIENCE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
