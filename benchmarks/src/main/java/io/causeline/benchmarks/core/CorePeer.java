package io.causeline.benchmarks.core;

import io.causeline.benchmarks.storm.StormShape;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Another engine on the same storm and on one thread, to measure the core beside. Its library is no
 * part of the product, so its class is found only where the build was asked for it ({@code
 * -Ppeers}).
 */
public interface CorePeer {

  /** The event time within which a pattern's second part must come. */
  Duration WITHIN = Duration.ofMinutes(5);

  /** One storm, from an empty engine on. What the storm is made of is made outside its time. */
  Run of(StormShape shape);

  /**
   * What came of it.
   *
   * @param took the engine's part
   * @param matches patterns that were completed
   */
  record Run(int signals, Duration took, long matches) {

    /** Signals a second. */
    public double perSecond() {
      return signals / (took.toNanos() / 1e9);
    }
  }

  /** The peer that the class path holds. */
  static Optional<CorePeer> find() {
    return ServiceLoader.load(CorePeer.class).findFirst();
  }
}
