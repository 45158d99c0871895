package io.causeline.chaos.world;

import java.io.PrintStream;
import java.time.Duration;

/** Says what goes on, a line at a time, with the seconds since the beginning. */
public final class Progress {

  private final PrintStream out;
  private final long start = System.nanoTime();

  /** Says it there. */
  public Progress(PrintStream out) {
    this.out = out;
  }

  /** Says a line. */
  public void say(String line) {
    Duration since = Duration.ofNanos(System.nanoTime() - start);
    out.printf("chaos %4d s  %s%n", since.toSeconds(), line);
  }
}
