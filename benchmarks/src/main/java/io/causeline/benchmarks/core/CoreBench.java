package io.causeline.benchmarks.core;

import io.causeline.benchmarks.Bench;
import io.causeline.benchmarks.BenchResult;
import io.causeline.benchmarks.Median;
import io.causeline.benchmarks.storm.StormShape;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Signals a second of the pure core on one thread. */
public final class CoreBench implements Bench {

  private static final int ROUNDS = 3;
  private static final double TARGET = 300_000;

  @Override
  public String name() {
    return "core";
  }

  @Override
  public String measures() {
    return "signals/s of the pure core on one thread";
  }

  @Override
  public BenchResult run(PrintStream progress) {
    CoreRun core = new CoreRun(KnowledgeLoader.builtIn());
    StormShape shape = StormShape.standard();
    core.of(shape.signals(shape.signals() / 10));
    List<Double> rates = new ArrayList<>();
    CoreRun.Run last = null;
    for (int round = 1; round <= ROUNDS; round++) {
      last = core.of(shape);
      rates.add(last.perSecond());
      progress.printf(
          "core, round %d: %,.0f signals/s; %,d incidents open at the start, %,d snapshots, %,d"
              + " state records of %,d bytes%n",
          round, last.perSecond(), last.open(), last.published(), last.writes(), last.bytes());
    }
    BenchResult result = new BenchResult(name());
    result.atLeast("signalsPerSecond", Median.of(rates), TARGET);
    if (last != null) {
      result.count("signals", last.signals());
      result.count("openIncidents", last.open());
      result.count("snapshots", last.published());
      result.count("stateRecords", last.writes());
    }
    return result;
  }
}
