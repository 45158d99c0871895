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
        Integer.getInteger("causeline.bench.signals", standard.signals()),
        Integer.getInteger("causeline.bench.incidents", standard.incidents()),
        standard.entities(),
        standard.perSecond());
  }

  /** A part of a storm, for the compiler to get to know the code. */
  static StormShape warmUp(StormShape shape) {
    int incidents = Math.max(shape.clusters(), shape.incidents() / 10);
    return new StormShape(
        shape.clusters(),
        shape.signals() / 10,
        incidents - incidents % shape.clusters(),
        0,
        shape.perSecond());
  }

  static int rounds(int standard) {
    return Integer.getInteger("causeline.bench.rounds", standard);
  }
}
