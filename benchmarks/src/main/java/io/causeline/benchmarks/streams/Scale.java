package io.causeline.benchmarks.streams;

import io.causeline.benchmarks.storm.StormShape;
import java.time.Duration;

/**
 * How big the storms are. For work on the code itself the system properties {@code
 * causeline.bench.part}, such as 0.1, and {@code causeline.bench.rounds} make less of them; the
 * targets speak of what there is without them.
 */
public final class Scale {

  private static final double PART =
      Double.parseDouble(System.getProperty("causeline.bench.part", "1"));

  private Scale() {}

  /** The storm of the targets. */
  static StormShape standard() {
    StormShape standard = StormShape.standard();
    return standard
        .recycling(of(standard.incidents()), standard.entities())
        .signals(of(standard.signals()));
  }

  /** Half of a storm: on two cores the compiler needs that long to know the code. */
  static StormShape warmUp(StormShape shape) {
    return shape.signals(shape.signals() / 2);
  }

  /** So many of them, or the part that was asked for; clusters share it evenly. */
  static int of(int standard) {
    int clusters = StormShape.standard().clusters();
    int shares = (int) Math.round(standard * PART / clusters);
    return Math.max(1, shares) * clusters;
  }

  /** So much time, or the part that was asked for. */
  public static Duration of(Duration standard) {
    return Duration.ofMillis(Math.round(standard.toMillis() * PART));
  }

  static int rounds(int standard) {
    return Integer.getInteger("causeline.bench.rounds", standard);
  }
}
