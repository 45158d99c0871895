package io.causeline.benchmarks.streams;

import io.causeline.benchmarks.Bench;
import io.causeline.benchmarks.BenchResult;
import io.causeline.benchmarks.storm.StormShape;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.correlator.streams.CoreCorrelation;
import io.causeline.correlator.streams.Correlation;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether what a signal costs grows with what is stored: the same storm where few incidents are
 * open and where many are, where few entities are known and where many are.
 */
public final class GrowthBench implements Bench {

  private static final double TARGET = 0.85;
  private static final int SIGNALS = 200_000;

  /** So many times the signals: Java's compiler must be done with what all rows use. */
  private static final int WARM_UP = 2;

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

  /** In the order in which they run: what is compared comes one after the other. */
  private static List<Row> rows() {
    StormShape shape = StormShape.standard().signals(Scale.of(SIGNALS));
    String few = "incidents100";
    String small = "entities1000";
    return List.of(
        new Row("incidents10000", incidents(shape, Scale.of(10_000)), few),
        new Row(few, incidents(shape, Scale.of(FEW_INCIDENTS)), few),
        new Row("incidents100000", incidents(shape, Scale.of(100_000)), few),
        new Row("entities200000", entities(shape, Scale.of(200_000)), small),
        new Row(small, entities(shape, few()), small));
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
    Map<String, Double> rates = new LinkedHashMap<>();
    try (Bed bed = Bed.open(Bed.PARTITIONS)) {
      StormShape first = rows.get(0).shape();
      var unused = rate(bed, factory, first.signals(first.signals() * WARM_UP), "warm-up");
      for (Row row : rows) {
        double rate = rate(bed, factory, row.shape(), row.name());
        rates.put(row.name(), rate);
        progress.printf("growth, %s: %,.0f signals/s%n", row.name(), rate);
      }
    }
    BenchResult result = new BenchResult(name());
    for (Row row : rows) {
      double rate = rates.getOrDefault(row.name(), 0.0);
      result.figure(row.name() + "PerSecond", rate);
      if (!row.isSmallest()) {
        double smallest = rates.getOrDefault(row.smallest(), 0.0);
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
