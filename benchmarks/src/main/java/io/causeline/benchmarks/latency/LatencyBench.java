package io.causeline.benchmarks.latency;

import io.causeline.benchmarks.Bench;
import io.causeline.benchmarks.BenchResult;
import io.causeline.benchmarks.Median;
import io.causeline.benchmarks.Percentiles;
import io.causeline.benchmarks.storm.Storm;
import io.causeline.benchmarks.storm.StormShape;
import io.causeline.benchmarks.streams.Scale;
import io.causeline.model.Topics;
import io.causeline.service.Lifecycle;
import io.causeline.standalone.allinone.AllInOne;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From the moment an alert's request is to be sent until its incident can be read at the API, in
 * the whole product as {@code ./causeline run} starts it, while a storm writes 2,000 signals a
 * second. Before it and after it, on brokers of their own, the storm's records at the same pace
 * through a topology that does nothing.
 */
public final class LatencyBench implements Bench {

  private static final int CLUSTERS = 8;
  private static final int OPEN_INCIDENTS = 1_000;
  private static final int SIGNALS_PER_SECOND = 2_000;
  private static final double PROBES_PER_SECOND = 10;
  private static final Duration WARM_UP = Scale.of(Duration.ofSeconds(75));
  private static final Duration MEASURED = Scale.of(Duration.ofSeconds(60));
  private static final Duration FLOOR_WARM_UP = Scale.of(Duration.ofSeconds(15));
  private static final Duration FLOOR_MEASURED = Scale.of(Duration.ofSeconds(20));
  private static final double TARGET_MILLIS = 250;
  private static final double TARGET_TIMES = 2.5;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String measures() {
    return "webhook to readable incident at 2,000 signals/s, a no-op topology before and after";
  }

  @Override
  public BenchResult run(PrintStream progress) throws Exception {
    Duration storming = WARM_UP.plus(MEASURED).plus(Prober.PATIENCE);
    StormShape shape =
        new StormShape(
            CLUSTERS,
            (int) (SIGNALS_PER_SECOND * storming.toMillis() / 1000),
            OPEN_INCIDENTS,
            0,
            1,
            SIGNALS_PER_SECOND);
    WireStorm storm = WireStorm.of(shape);
    List<Percentiles> floors = new ArrayList<>();
    floors.add(floor(storm, progress));
    Product product = product(shape, storm, progress);
    floors.add(floor(storm, progress));
    return result(product, floors);
  }

  private static Percentiles floor(WireStorm storm, PrintStream progress) throws Exception {
    progress.printf(
        "latency: the no-op topology for %d s%n", FLOOR_WARM_UP.plus(FLOOR_MEASURED).toSeconds());
    return new Floor(storm, SIGNALS_PER_SECOND).round(FLOOR_WARM_UP, FLOOR_MEASURED);
  }

  private record Product(Prober.Outcome outcome, double rate) {}

  private static Product product(StormShape shape, WireStorm storm, PrintStream progress)
      throws Exception {
    StormClock clock = new StormClock();
    try (Lifecycle lifecycle = new Lifecycle()) {
      AllInOne product =
          AllInOne.start(
              new AllInOne.Options(
                  null, Map.of(), Optional.empty(), 0, Storm.clusters(shape).get(0), clock),
              lifecycle);
      SteadyLoad load =
          lifecycle.add(
              "storm",
              new SteadyLoad(product.correlatorSettings().kafka(), storm, SIGNALS_PER_SECOND));
      progress.printf("latency: opening %,d incidents%n", OPEN_INCIDENTS);
      open(load, storm, new ProductView(product.url()));
      progress.printf("latency: warming up for %d s%n", WARM_UP.toSeconds());
      clock.start();
      load.start();
      Prober prober = new Prober(product.url(), clock, Storm.clusters(shape));
      prober.run(WARM_UP, PROBES_PER_SECOND);
      progress.printf("latency: measuring for %d s%n", MEASURED.toSeconds());
      int before = load.sent();
      long start = System.nanoTime();
      Prober.Outcome outcome = prober.run(MEASURED, PROBES_PER_SECOND);
      double rate = (load.sent() - before) / ((System.nanoTime() - start) / 1e9);
      load.requireStored();
      return new Product(outcome, rate);
    }
  }

  /** What is known before the storm is no part of what is measured: the product is done with it. */
  private static void open(SteadyLoad load, WireStorm storm, ProductView view)
      throws InterruptedException {
    load.write(Topics.TOPOLOGY, storm.objects());
    // Before what opens the incidents: across topics there is no order.
    view.awaitObjects(storm.objects().size());
    load.write(Topics.SIGNALS, storm.opening());
    view.awaitOpen(OPEN_INCIDENTS);
  }

  private BenchResult result(Product product, List<Percentiles> floors) {
    Prober.Outcome outcome = product.outcome();
    BenchResult result = new BenchResult(name()).figure("signalsPerSecond", product.rate());
    Percentiles readable = outcome.readable();
    int came = floors.stream().mapToInt(Percentiles::count).min().orElse(0);
    if (readable.count() == 0 || came == 0) {
      return result.missing(
          "p99Millis",
          "<= " + (int) TARGET_MILLIS,
          "%d of %d probes became readable, %d records came through the no-op topology"
              .formatted(readable.count(), readable.count() + outcome.unseen(), came));
    }
    double baseline = Median.of(floors.stream().map(floor -> floor.at(99)).toList());
    return result
        .figure("p50Millis", readable.at(50))
        .atMost("p99Millis", readable.at(99), TARGET_MILLIS)
        .figure("maxMillis", readable.at(100))
        .figure("baselineP50Millis", Median.of(floors.stream().map(f -> f.at(50)).toList()))
        .figure("baselineP99Millis", baseline)
        .atMost("timesBaseline", readable.at(99) / baseline, TARGET_TIMES)
        .figure("acceptedP50Millis", outcome.accepted().at(50))
        .figure("acceptedP99Millis", outcome.accepted().at(99))
        .figure("lookP50Millis", outcome.looks().at(50))
        .count("probes", readable.count() + outcome.unseen())
        .atMost("unseen", outcome.unseen(), 0)
        .count("baselineRecords", floors.stream().mapToInt(Percentiles::count).sum());
  }
}
