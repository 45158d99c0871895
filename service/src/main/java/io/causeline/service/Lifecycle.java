package io.causeline.service;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process has opened, in order. {@link #close()} closes it in reverse; one that throws is
 * logged and does not stop the others. Safe to close from a shutdown hook while another thread
 * still opens: what comes late is closed at once.
 */
public final class Lifecycle implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

  private record Entry(String name, AutoCloseable resource) {}

  private final Deque<Entry> opened = new ArrayDeque<>();
  private boolean closed;

  /**
   * Takes over closing {@code resource}.
   *
   * @return the resource
   * @throws IllegalStateException when already closed; the resource has then been closed
   */
  public <T extends AutoCloseable> T add(String name, T resource) {
    synchronized (opened) {
      if (!closed) {
        opened.push(new Entry(name, resource));
        return resource;
      }
    }
    close(new Entry(name, resource));
    throw new IllegalStateException("stopping: " + name + " came too late and was closed");
  }

  /** Closes everything in reverse order. Closing twice does nothing. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (true) {
      Entry next;
      synchronized (opened) {
        closed = true;
        next = opened.poll();
      }
      if (next == null) {
        break;
      }
      interrupted |= close(next);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether the thread was interrupted, which must not stop the rest from closing. */
  private static boolean close(Entry entry) {
    try {
      log.debug("closing {}", entry.name());
      entry.resource().close();
      return Thread.interrupted();
    } catch (InterruptedException e) {
      log.warn("closing {} was interrupted", entry.name(), e);
      return true;
    } catch (Exception e) {
      log.error("closing {} failed; closing the rest", entry.name(), e);
      return Thread.interrupted();
    }
  }
}
