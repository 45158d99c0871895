package io.causeline.standalone.player;

import java.time.Duration;

/** The player's own threads: daemons that end when they are interrupted. */
final class PlayThreads {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private PlayThreads() {}

  interface Interruptible {
    void run() throws InterruptedException;
  }

  static Thread start(String name, Interruptible task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (InterruptedException e) {
                // Asked to end.
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Asks a thread to end and waits for it a while. */
  static void end(Thread thread) {
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
