package io.causeline.benchmarks.streams;

import io.causeline.benchmarks.Bench;
import io.causeline.benchmarks.BenchResult;
import io.causeline.benchmarks.Median;
import io.causeline.benchmarks.storm.StormShape;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.correlator.streams.CoreCorrelation;
import io.causeline.correlator.streams.Correlation;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Records a second of the whole topology, as a share of what a topology that does nothing makes of
 * the same records on the same broker.
 */
public final class ThroughputBench implements Bench {

  private static final int ROUNDS = 2;
  private static final double TARGET = 0.5;

  private final String name;
  private final String measures;
  private final Correlation.Factory factory;

  private ThroughputBench(String name, String measures, Correlation.Factory factory) {
    this.name = name;
    this.measures = measures;
    this.factory = factory;
  }

  /** The product. */
  public static Bench product() {
    Knowledge knowledge = KnowledgeLoader.builtIn();
    return new ThroughputBench(
        "throughput",
        "records/s of the topology beside one that does nothing",
        CoreCorrelation.factory(() -> knowledge, CoreSettings.defaults()));
  }

  /** All but the core, behind which {@link CheapCore} stands: what is left to the rest. */
  public static Bench layer() {
    return new ThroughputBench(
        "layer", "the same with a core that costs next to nothing", CheapCore.factory());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String measures() {
    return measures;
  }

  @Override
  public BenchResult run(PrintStream progress) throws Exception {
    StormShape shape = Scale.standard();
    List<Double> real = new ArrayList<>();
    List<Double> noOp = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> noOpCpu = new ArrayList<>();
    long open = 0;
    long snapshots = 0;
    try (Bed bed = Bed.open(Bed.PARTITIONS)) {
      Round round = new Round(bed, factory);
      round.of(Scale.warmUp(shape), "warm-up", false);
      for (int i = 1; i <= Scale.rounds(ROUNDS); i++) {
        Round.Times times = round.of(shape, "round-" + i, i % 2 == 0);
        real.add(times.perSecond(times.real()));
        noOp.add(times.perSecond(times.noOp()));
        ratios.add(times.ratio());
        cpu.add(times.cpuMicros(times.real()));
        noOpCpu.add(times.cpuMicros(times.noOp()));
        open = times.open();
        snapshots = times.snapshots();
        progress.printf(
            "%s, round %d: %,.0f signals/s (%.1f us of CPU each), no-op %,.0f/s (%.1f us); %,d"
                + " incidents open at the start, %,d snapshots%n",
            name,
            i,
            times.perSecond(times.real()),
            times.cpuMicros(times.real()),
            times.perSecond(times.noOp()),
            times.cpuMicros(times.noOp()),
            open,
            snapshots);
      }
    }
    return new BenchResult(name)
        .atLeast("ratio", Median.of(ratios), TARGET)
        .figure("signalsPerSecond", Median.of(real))
        .figure("noOpPerSecond", Median.of(noOp))
        .figure("cpuMicrosPerSignal", Median.of(cpu))
        .figure("noOpCpuMicrosPerSignal", Median.of(noOpCpu))
        .count("signals", shape.signals())
        .count("openIncidents", open)
        .count("snapshots", snapshots);
  }
}
