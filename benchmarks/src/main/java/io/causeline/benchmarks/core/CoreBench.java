package io.causeline.benchmarks.core;

import io.causeline.benchmarks.Bench;
import io.causeline.benchmarks.BenchResult;
import io.causeline.benchmarks.Median;
import io.causeline.benchmarks.storm.StormShape;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signals a second of the pure core on one thread, and of Esper with ten patterns on the same
 * storm, in rounds that alternate.
 */
public final class CoreBench implements Bench {

  private static final int ROUNDS = 3;
  private static final double TARGET = 300_000;
  private static final double TIMES_PEER = 1.5;

  @Override
  public String name() {
    return "core";
  }

  @Override
  public String measures() {
    return "signals/s of the pure core on one thread, Esper beside it";
  }

  @Override
  public BenchResult run(PrintStream progress) {
    CoreRun core = new CoreRun(KnowledgeLoader.builtIn());
    Optional<CorePeer> peer = CorePeer.find();
    StormShape shape = StormShape.standard();
    StormShape warmUp = shape.signals(shape.signals() / 10);
    core.of(warmUp);
    peer.ifPresent(other -> other.of(warmUp));
    List<Double> rates = new ArrayList<>();
    List<Double> peerRates = new ArrayList<>();
    CoreRun.Run last = null;
    for (int round = 1; round <= ROUNDS; round++) {
      peer.ifPresent(other -> peerRates.add(peerRound(other, shape, progress)));
      last = core.of(shape);
      rates.add(last.perSecond());
      progress.printf(
          "core, round %d: %,.0f signals/s; %,d incidents open at the start, %,d snapshots, %,d"
              + " state records of %,d bytes%n",
          round, last.perSecond(), last.open(), last.published(), last.writes(), last.bytes());
    }
    BenchResult result = new BenchResult(name());
    result.atLeast("signalsPerSecond", Median.of(rates), TARGET);
    if (peerRates.isEmpty()) {
      result.missing(
          "timesEsper", ">= " + TIMES_PEER, "Esper is not on the class path: build with -Ppeers");
    } else {
      double peerRate = Median.of(peerRates);
      result.figure("esperPerSecond", peerRate);
      result.atLeast("timesEsper", Median.of(rates) / peerRate, TIMES_PEER);
    }
    if (last != null) {
      result.count("signals", last.signals());
      result.count("openIncidents", last.open());
      result.count("snapshots", last.published());
      result.count("stateRecords", last.writes());
    }
    return result;
  }

  private static double peerRound(CorePeer peer, StormShape shape, PrintStream progress) {
    CorePeer.Run run = peer.of(shape);
    progress.printf(
        "Esper with ten patterns: %,.0f signals/s; %,d matches%n", run.perSecond(), run.matches());
    return run.perSecond();
  }
}
