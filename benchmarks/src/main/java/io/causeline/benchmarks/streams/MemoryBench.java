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

/**
 * Bytes that the correlator keeps for an incident, an entity, a signal it remembers and an entry of
 * a timeline, from the differences of storms that differ in one of them; and whether what it keeps
 * grows when signals only tell again what is known.
 */
public final class MemoryBench implements Bench {

  private static final int INCIDENTS = Scale.of(1_000);
  private static final int MORE_INCIDENTS = Scale.of(10_000);
  private static final int ENTITIES = Scale.of(20_000);
  private static final int MORE_ENTITIES = Scale.of(60_000);
  private static final int SIGNALS = Scale.of(100_000);
  private static final int FEW_REPEATS = Scale.of(200_000);
  private static final int MANY_REPEATS = Scale.of(1_000_000);
  private static final int MANY_INCIDENTS = Scale.of(100_000);

  /** Each Deployment of a storm comes with a ReplicaSet: entities that come with its incident. */
  private static final int ENTITIES_OF_INCIDENT = 2;

  /** Counts and times become longer by a digit, no more. */
  private static final double FLAT = 1.02;

  private static final double NEW_SIGNALS =
      (StormShape.NEW_ENTITY_PERCENT + StormShape.NEW_SIGNAL_PERCENT) / 100.0;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String measures() {
    return "bytes of state, changelog and heap for what is kept";
  }

  @Override
  public BenchResult run(PrintStream progress) throws Exception {
    Knowledge knowledge = KnowledgeLoader.builtIn();
    Correlation.Factory factory = CoreCorrelation.factory(() -> knowledge, CoreSettings.defaults());
    StormShape shape = StormShape.standard().signals(SIGNALS);
    BenchResult result = new BenchResult(name());
    try (Bed bed = Bed.open(Bed.PARTITIONS)) {
      Stock few = opened(bed, factory, shape.recycling(INCIDENTS, ENTITIES), "few", progress);
      Stock entities =
          opened(bed, factory, shape.recycling(INCIDENTS, MORE_ENTITIES), "entities", progress);
      Stock incidents =
          opened(bed, factory, shape.recycling(MORE_INCIDENTS, ENTITIES), "incidents", progress);
      entities(result, few, entities);
      incidents(result, few, incidents, entities);
      storm(result, bed, factory, shape.recycling(INCIDENTS, ENTITIES), progress);
      heap(result, bed, factory, shape, progress);
    }
    return result;
  }

  private static Stock opened(
      Bed bed, Correlation.Factory factory, StormShape shape, String name, PrintStream progress)
      throws Exception {
    try (Start start = Start.of(bed, factory, shape, name)) {
      return told(progress, name, Stock.of(bed, start.correlator()));
    }
  }

  private static void entities(BenchResult result, Stock few, Stock more) {
    double entities = MORE_ENTITIES - ENTITIES;
    result
        .figure("stateBytesPerEntity", (more.bytes() - few.bytes()) / entities)
        .figure("changelogBytesPerEntity", (more.changelog() - few.changelog()) / entities);
  }

  private static void incidents(BenchResult result, Stock few, Stock more, Stock entities) {
    double incidents = MORE_INCIDENTS - INCIDENTS;
    double ofEntities = (double) ENTITIES_OF_INCIDENT / (MORE_ENTITIES - ENTITIES);
    result
        .figure(
            "stateBytesPerIncident",
            (more.bytes() - few.bytes()) / incidents
                - (entities.bytes() - few.bytes()) * ofEntities)
        .figure(
            "changelogBytesPerIncident",
            (more.changelog() - few.changelog()) / incidents
                - (entities.changelog() - few.changelog()) * ofEntities);
  }

  private static void storm(
      BenchResult result,
      Bed bed,
      Correlation.Factory factory,
      StormShape shape,
      PrintStream progress)
      throws Exception {
    try (Start start = Start.of(bed, factory, shape, "storm")) {
      Stock before = told(progress, "before the storm", Stock.of(bed, start.correlator()));
      start.correlator().streams().pause();
      start.topics().writeStorm(start.storm());
      Stock after = raced(bed, start, shape, progress, "after the storm");
      double remembered = shape.signals() * NEW_SIGNALS;
      result
          .figure("stateBytesPerSignalId", (after.state() - before.state()) / remembered)
          .figure(
              "changelogBytesPerSignalId", (after.changelog() - before.changelog()) / remembered)
          .figure(
              "stateBytesPerTimelineEntry",
              (double) (after.incidents() - before.incidents())
                  / Math.max(1, after.entries() - before.entries()));
      start.topics().writeRepeats(start.storm(), FEW_REPEATS);
      Stock some = raced(bed, start, shape, progress, "after some repeats");
      start.topics().writeRepeats(start.storm(), MANY_REPEATS - FEW_REPEATS);
      Stock many = raced(bed, start, shape, progress, "after many repeats");
      result.atMost("stateBytesGrowth", (double) many.bytes() / some.bytes(), FLAT);
    }
  }

  private static Stock raced(
      Bed bed, Start start, StormShape shape, PrintStream progress, String when) throws Exception {
    var unused = start.race();
    start.correlator().streams().resume();
    start.course().awaitQuiet(start.correlator(), shape.incidents());
    Stock stock = told(progress, when, Stock.of(bed, start.correlator()));
    start.correlator().streams().pause();
    return stock;
  }

  private static void heap(
      BenchResult result,
      Bed bed,
      Correlation.Factory factory,
      StormShape shape,
      PrintStream progress)
      throws Exception {
    long before;
    try (Start start = Start.of(bed, factory, shape.recycling(8, 8), "empty")) {
      before = Stock.of(bed, start.correlator()).heap();
    }
    try (Start start =
        Start.of(bed, factory, shape.recycling(MANY_INCIDENTS, 2 * MANY_INCIDENTS), "many")) {
      long heap = told(progress, "many", Stock.of(bed, start.correlator())).heap() - before;
      result
          .count("openIncidents", start.correlator().open())
          .figure("heapMib", heap / 1024.0 / 1024.0)
          .figure("heapBytesPerIncident", (double) heap / MANY_INCIDENTS);
    }
  }

  private static Stock told(PrintStream progress, String when, Stock stock) {
    progress.printf(
        "memory, %s: state %,d bytes, incidents %,d bytes with %,d entries, changelogs %,d bytes,"
            + " files %,d bytes, heap %,d bytes%n",
        when,
        stock.state(),
        stock.incidents(),
        stock.entries(),
        stock.changelog(),
        stock.disk(),
        stock.heap());
    return stock;
  }
}
