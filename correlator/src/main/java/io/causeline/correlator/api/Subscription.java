package io.causeline.correlator.api;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One client's part of the {@link ChangeHub}: what it has not taken yet. It never blocks the hub: a
 * client that is too slow is cut off, and finds the rest when it comes back.
 */
final class Subscription implements AutoCloseable {

  private final ChangeFilter filter;
  private final StreamPosition start;
  private final java.util.function.Consumer<Subscription> onClose;
  private final BlockingQueue<Change> queue;
  private volatile boolean overflowed;
  private volatile boolean closed;

  Subscription(
      ChangeFilter filter,
      StreamPosition start,
      int capacity,
      java.util.function.Consumer<Subscription> onClose) {
    this.filter = filter;
    this.start = start;
    this.onClose = onClose;
    this.queue = new ArrayBlockingQueue<>(capacity);
  }

  /** Changes from here on come by {@link #next}. */
  StreamPosition start() {
    return start;
  }

  /** By the hub. */
  void offer(Change change) {
    if (!overflowed && filter.takes(change) && !queue.offer(change)) {
      overflowed = true;
    }
  }

  /** The next change, if one comes in time. */
  Optional<Change> next(Duration within) throws InterruptedException {
    return Optional.ofNullable(queue.poll(within.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Whether changes were left out since the client was too slow. */
  boolean overflowed() {
    return overflowed;
  }

  /** Whether nothing comes any more. */
  boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.accept(this);
    }
  }
}
