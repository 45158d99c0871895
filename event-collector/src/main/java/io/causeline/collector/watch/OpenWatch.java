package io.causeline.collector.watch;

import io.causeline.collector.watch.WatchBoard.State;
import io.causeline.collector.watch.WatchEnd.StopCause;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stream that a watcher reads, and what other threads may do to it: close it because what it
 * brought was not stored, or because it has been silent for too long. All methods may be called by
 * any thread.
 */
final class OpenWatch {

  private final String resource;
  private final WatchBoard board;
  private @Nullable WatchStream stream;
  private @Nullable StopCause stopCause;
  private boolean silent;
  private long trustedAt;
  private long giveUpAt;

  OpenWatch(String resource, WatchBoard board) {
    this.resource = resource;
    this.board = board;
  }

  /**
   * Takes over a stream that has just been opened.
   *
   * @param trustAfter after which a stream that has brought nothing counts as a watch
   * @param giveUpAfter after which it is given up
   * @return false if it is to be closed again at once
   */
  synchronized boolean hold(WatchStream opened, Duration trustAfter, Duration giveUpAfter) {
    if (stopCause != null) {
      return false;
    }
    stream = opened;
    silent = false;
    long now = System.nanoTime();
    trustedAt = now + trustAfter.toNanos();
    giveUpAt = now + giveUpAfter.toNanos();
    trustIfDue(now);
    return true;
  }

  /** Something came. */
  synchronized void heard() {
    if (stream != null) {
      board.set(resource, State.WATCHING);
    }
  }

  /** The stream has ended. */
  synchronized void release() {
    stream = null;
    board.set(resource, State.RECONNECTING);
  }

  /** Ends the stream that is open, or the next one. */
  void stop(StopCause cause) {
    WatchStream closing;
    synchronized (this) {
      stopCause = cause;
      closing = stream;
    }
    if (closing != null) {
      closing.close();
    }
  }

  /** What had been a reason to stop is none any more. */
  synchronized void mayGoOn() {
    stopCause = null;
  }

  /** How a stream ended from which reading failed. */
  synchronized WatchEnd ended(IOException e, boolean moved) {
    if (stopCause != null) {
      return new WatchEnd.Stopped(stopCause);
    }
    String what = silent ? "nothing was heard for too long" : ApiException.innermost(e);
    return new WatchEnd.Broken(what, moved);
  }

  /** To be called now and then. */
  void tick() {
    Optional<WatchStream> dead = judge(System.nanoTime());
    dead.ifPresent(WatchStream::close);
  }

  private synchronized Optional<WatchStream> judge(long now) {
    if (stream == null) {
      return Optional.empty();
    }
    trustIfDue(now);
    silent = now - giveUpAt >= 0;
    return silent ? Optional.of(stream) : Optional.empty();
  }

  private void trustIfDue(long now) {
    if (now - trustedAt >= 0) {
      board.set(resource, State.WATCHING);
    }
  }
}
