package io.causeline.benchmarks.latency;

import io.causeline.benchmarks.Bench;
import io.causeline.benchmarks.BenchResult;
import io.causeline.benchmarks.Percentiles;
import io.causeline.benchmarks.storm.Storm;
import io.causeline.benchmarks.storm.StormShape;
import io.causeline.service.Lifecycle;
import io.causeline.standalone.allinone.AllInOne;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * From the moment an alert's request is to be sent until its incident can be read at the API, in
 * the whole product as {@code ./causeline run} starts it, while a storm writes 2,000 signals a
 * second. Beside it, at the same time, the storm's records through a topology that does nothing.
 */
public final class LatencyBench implements Bench {

  private static final int CLUSTERS = 8;
  private static final int OPEN_INCIDENTS = 1_000;
  private static final int SIGNALS_PER_SECOND = 2_000;
  private static final double PROBES_PER_SECOND = 10;
  private static final Duration WARM_UP = Duration.ofSeconds(75);
  private static final Duration MEASURED = Duration.ofSeconds(60);
  private static final double TARGET_MILLIS = 250;
  private static final double TARGET_TIMES = 2.5;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String measures() {
    return "webhook to readable incident at 2,000 signals/s, a no-op topology beside it";
  }

  @Override
  public BenchResult run(PrintStream progress) throws Exception {
    StormShape shape =
        new StormShape(
            CLUSTERS,
            (int) (SIGNALS_PER_SECOND * 2 * MEASURED.plus(WARM_UP).toSeconds()),
            OPEN_INCIDENTS,
            0,
            SIGNALS_PER_SECOND);
    StormClock clock = new StormClock();
    try (Lifecycle lifecycle = new Lifecycle()) {
      AllInOne product =
          AllInOne.start(
              new AllInOne.Options(
                  null, Map.of(), Optional.empty(), 0, Storm.clusters(shape).get(0), clock),
              lifecycle);
      Echo echo = lifecycle.add("echo", new Echo(product.correlatorSettings()));
      echo.start();
      SteadyLoad storm =
          lifecycle.add(
              "storm",
              new SteadyLoad(
                  product.correlatorSettings().kafka(), new Storm(shape), SIGNALS_PER_SECOND));
      storm.prelude();
      progress.printf("latency: warming up for %d s%n", WARM_UP.toSeconds());
      clock.start();
      storm.start();
      Prober prober = new Prober(product.url(), clock, Storm.clusters(shape));
      prober.run(WARM_UP, PROBES_PER_SECOND);
      echo.take();
      progress.printf("latency: measuring for %d s%n", MEASURED.toSeconds());
      long before = storm.sent();
      long start = System.nanoTime();
      Prober.Outcome outcome = prober.run(MEASURED, PROBES_PER_SECOND);
      double rate = (storm.sent() - before) / ((System.nanoTime() - start) / 1e9);
      Percentiles floor = echo.take();
      storm.requireStored();
      return result(outcome, floor, rate);
    }
  }

  private BenchResult result(Prober.Outcome outcome, Percentiles floor, double rate) {
    BenchResult result = new BenchResult(name()).figure("signalsPerSecond", rate);
    Percentiles readable = outcome.readable();
    if (readable.count() == 0 || floor.count() == 0) {
      return result.missing(
          "p99Millis",
          "<= " + (int) TARGET_MILLIS,
          "%d of %d probes became readable, %d records came through the no-op topology"
              .formatted(readable.count(), readable.count() + outcome.unseen(), floor.count()));
    }
    double baseline = floor.at(99);
    return result
        .figure("p50Millis", readable.at(50))
        .atMost("p99Millis", readable.at(99), TARGET_MILLIS)
        .figure("maxMillis", readable.at(100))
        .figure("baselineP50Millis", floor.at(50))
        .figure("baselineP99Millis", baseline)
        .atMost("timesBaseline", readable.at(99) / baseline, TARGET_TIMES)
        .figure("acceptedP50Millis", outcome.accepted().at(50))
        .figure("acceptedP99Millis", outcome.accepted().at(99))
        .figure("lookP50Millis", outcome.looks().at(50))
        .count("probes", readable.count() + outcome.unseen())
        .atMost("unseen", outcome.unseen(), 0)
        .count("baselineRecords", floor.count());
  }
}
