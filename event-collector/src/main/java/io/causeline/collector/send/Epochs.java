package io.causeline.collector.send;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Numbers the full lists, so that a later list has a higher number, also after a restart and when
 * another collector takes over: what an older list says is then refused.
 *
 * <p>A number is the time in milliseconds at which its list began, by the machine's clock (never a
 * recording's: that begins anew with each replay), and at least one more than the last. A collector
 * that takes over from another may have a clock that is behind; so its numbers also begin after the
 * last moment at which the other's lease was valid, which the lease tells in the other's own time.
 * resourceVersions would be tempting numbers, but a cluster that is restored or made anew begins
 * lower.
 */
public final class Epochs {

  private final InstantSource clock;
  private long last;

  public Epochs(InstantSource clock) {
    this.clock = clock;
  }

  /** The number of a list that begins now. */
  public synchronized long next() {
    last = Math.max(last + 1, clock.millis());
    return last;
  }

  /** Numbers from now on are higher than those of lists that began until then. */
  public synchronized void after(Instant time) {
    last = Math.max(last, time.toEpochMilli());
  }
}
