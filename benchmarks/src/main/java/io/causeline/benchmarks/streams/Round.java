package io.causeline.benchmarks.streams;

import io.causeline.benchmarks.storm.StormShape;
import io.causeline.correlator.streams.Correlation;
import io.causeline.model.Topics;

/**
 * One storm through the correlator and through {@link NoOp}, one after the other: both have
 * processed what is before the storm and are paused; the storm is written; then each is let go.
 */
final class Round {

  private final Bed bed;
  private final Correlation.Factory factory;

  Round(Bed bed, Correlation.Factory factory) {
    this.bed = bed;
    this.factory = factory;
  }

  /**
   * What came of it.
   *
   * @param open incidents when the storm began
   * @param snapshots that left during the storm
   */
  record Times(int signals, Course.Lap real, Course.Lap noOp, long open, long snapshots) {

    double perSecond(Course.Lap lap) {
      return signals / (lap.took().toNanos() / 1e9);
    }

    /** How much of what the other one does in a second this one does. */
    double ratio() {
      return (double) noOp.took().toNanos() / real.took().toNanos();
    }

    double cpuMicros(Course.Lap lap) {
      return lap.cpu().toNanos() / 1e3 / signals;
    }
  }

  /**
   * Runs it.
   *
   * @param name of its topics; not used before
   * @param noOpFirst which of the two begins
   */
  Times of(StormShape shape, String name, boolean noOpFirst) throws Exception {
    try (Start start = Start.of(bed, factory, shape, name);
        NoOp noOp = new NoOp(bed.settings(start.topics().prefix()))) {
      Course course = start.course();
      noOp.start();
      course.awaitCommitted(noOp, Topics.SIGNALS);
      noOp.streams().pause();
      start.topics().writeStorm(start.storm());
      long open = start.correlator().open();
      long before = start.correlator().snapshots();
      Course.Lap noOpLap = noOpFirst ? course.race(noOp) : null;
      Course.Lap lap = start.race();
      long snapshots = start.correlator().snapshots() - before;
      noOpLap = noOpLap == null ? course.race(noOp) : noOpLap;
      return new Times(shape.signals(), lap, noOpLap, open, snapshots);
    }
  }
}
