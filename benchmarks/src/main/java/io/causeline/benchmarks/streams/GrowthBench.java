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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether what a signal costs grows with what is stored: the same storm where few incidents are
 * open and where many are, where few entities are known and where many are.
 */
public final class GrowthBench implements Bench {

  private static final double TARGET = 0.85;

  /** The nearest to a hundred that eight clusters share evenly. */
  private static final int FEW_INCIDENTS = 104;

  private static final int INCIDENTS_OF_ENTITIES = 1_000;

  /**
   * So that a new Event makes an entry also where forty of them are about one pod: few entities
   * that had all been said already would be compared with many of which each is new.
   */
  private static final int CONTAINERS = 200;

  private record Row(String name, StormShape shape, String smallest) {

    boolean isSmallest() {
      return name.equals(smallest);
    }
  }

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public String measures() {
    return "records/s of the topology as incidents and entities grow";
  }

  private static List<Row> rows() {
    StormShape shape = StormShape.standard().signals(Scale.of(200_000));
    String few = "incidents100";
    String small = "entities1000";
    return List.of(
        new Row(few, incidents(shape, Scale.of(FEW_INCIDENTS)), few),
        new Row("incidents10000", incidents(shape, Scale.of(10_000)), few),
        new Row("incidents100000", incidents(shape, Scale.of(100_000)), few),
        new Row(small, entities(shape, few()), small),
        new Row("entities200000", entities(shape, Scale.of(200_000)), small));
  }

  /** What takes long to set up comes once, between two runs of what it is compared with. */
  private static List<Row> inTurn(List<Row> rows) {
    List<Row> smallest = rows.stream().filter(Row::isSmallest).toList();
    List<Row> out = new ArrayList<>(smallest);
    rows.stream().filter(row -> !row.isSmallest()).forEach(out::add);
    out.addAll(smallest);
    return out;
  }

  private static int few() {
    return Scale.of(INCIDENTS_OF_ENTITIES);
  }

  private static StormShape entities(StormShape shape, int entities) {
    return shape.recycling(few(), entities).containers(CONTAINERS);
  }

  /** Its entities are not used again: as many come up as in the standard storm. */
  private static StormShape incidents(StormShape shape, int incidents) {
    return shape.recycling(incidents, 0);
  }

  @Override
  public BenchResult run(PrintStream progress) throws Exception {
    Knowledge knowledge = KnowledgeLoader.builtIn();
    Correlation.Factory factory = CoreCorrelation.factory(() -> knowledge, CoreSettings.defaults());
    List<Row> rows = rows();
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    try (Bed bed = Bed.open(Bed.PARTITIONS)) {
      var unused = rate(bed, factory, rows.get(0).shape(), "warm-up");
      int run = 0;
      for (Row row : inTurn(rows)) {
        run++;
        double rate = rate(bed, factory, row.shape(), row.name() + "-" + run);
        rates.computeIfAbsent(row.name(), name -> new ArrayList<>()).add(rate);
        progress.printf("growth, run %d, %s: %,.0f signals/s%n", run, row.name(), rate);
      }
    }
    BenchResult result = new BenchResult(name());
    for (Row row : rows) {
      double rate = Median.of(rates.getOrDefault(row.name(), List.of()));
      result.figure(row.name() + "PerSecond", rate);
      if (!row.isSmallest()) {
        double smallest = Median.of(rates.getOrDefault(row.smallest(), List.of()));
        result.atLeast(row.name() + "Ratio", rate / smallest, TARGET);
      }
    }
    return result;
  }

  private static double rate(Bed bed, Correlation.Factory factory, StormShape shape, String name)
      throws Exception {
    try (Start start = Start.of(bed, factory, shape, name)) {
      start.topics().writeStorm(start.storm());
      return shape.signals() / (start.race().took().toNanos() / 1e9);
    }
  }
}
