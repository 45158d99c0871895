package io.causeline.benchmarks.streams;

import io.causeline.benchmarks.storm.Storm;
import io.causeline.benchmarks.storm.StormShape;
import io.causeline.correlator.streams.Correlation;
import java.time.Duration;

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
  record Times(int signals, Duration real, Duration noOp, long open, long snapshots) {

    double realPerSecond() {
      return perSecond(real);
    }

    double noOpPerSecond() {
      return perSecond(noOp);
    }

    private double perSecond(Duration took) {
      return signals / (took.toNanos() / 1e9);
    }
  }

  /**
   * Runs it.
   *
   * @param name of its topics; not used before
   * @param noOpFirst which of the two begins
   */
  Times of(StormShape shape, String name, boolean noOpFirst) throws Exception {
    String prefix = name + ".";
    StormTopics topics = StormTopics.create(bed, prefix);
    Storm storm = new Storm(shape);
    topics.writePrelude(storm);
    Course course = new Course(bed, topics);
    try (RealCorrelator real = new RealCorrelator(bed.settings(prefix), factory);
        NoOp noOp = new NoOp(bed.settings(prefix))) {
      real.start();
      course.awaitCommitted(real);
      course.awaitQuiet(real, shape.incidents());
      real.streams().pause();
      noOp.start();
      course.awaitCommitted(noOp);
      noOp.streams().pause();
      topics.writeStorm(storm);
      long open = real.open();
      long before = real.snapshots();
      Duration noOpTook = noOpFirst ? course.race(noOp) : Duration.ZERO;
      Duration realTook = course.race(real);
      long after = real.snapshots();
      real.streams().pause();
      noOpTook = noOpFirst ? noOpTook : course.race(noOp);
      requireNoneLost(real);
      return new Times(shape.signals(), realTook, noOpTook, open, after - before);
    } finally {
      bed.clear(prefix);
    }
  }

  private static void requireNoneLost(RealCorrelator real) {
    if (real.deadLetters() > 0) {
      throw new IllegalStateException(
          real.deadLetters() + " signals of the storm went to the dead letters");
    }
  }
}
