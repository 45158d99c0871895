package io.causeline.benchmarks.streams;

import io.causeline.benchmarks.storm.StormShape;

/**
 * How big the storms are. For work on the code itself they can be made smaller with the system
 * properties {@code causeline.bench.signals}, {@code causeline.bench.incidents} and {@code
 * causeline.bench.rounds}; the targets speak of what there is without them.
 */
final class Scale {

  private Scale() {}

  /** The storm of the targets. */
  static StormShape standard() {
    StormShape standard = StormShape.standard();
    return new StormShape(
        standard.clusters(),
        signals(standard.signals()),
        incidents(standard.incidents()),
        standard.entities(),
        standard.perSecond());
  }

  /** Half of a storm: on two cores the compiler needs that long to know the code. */
  static StormShape warmUp(StormShape shape) {
    return shape.signals(shape.signals() / 2);
  }

  static int signals(int standard) {
    return Integer.getInteger("causeline.bench.signals", standard);
  }

  static int incidents(int standard) {
    return Integer.getInteger("causeline.bench.incidents", standard);
  }

  static int rounds(int standard) {
    return Integer.getInteger("causeline.bench.rounds", standard);
  }
}
