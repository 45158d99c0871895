package io.causeline.benchmarks.core;

import io.causeline.benchmarks.storm.Storm;
import io.causeline.benchmarks.storm.StormShape;
import io.causeline.correlator.core.ClusterCorrelator;
import io.causeline.correlator.core.CoreSettings;
import io.causeline.correlator.core.StateRecord;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One storm through the pure core on this thread, as the topology calls it: every signal applied,
 * its writes taken; at every tick the incidents that open are computed, once a second all that
 * changed. What the storm is made of is made outside the time that counts.
 */
final class CoreRun {

  /** As many signals between two ticks as come in a tenth of a second at the target's speed. */
  private static final int TICK = 30_000;

  /** Ticks in a second. */
  private static final int SECOND = 10;

  private final Knowledge knowledge;

  CoreRun(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /**
   * What came of it.
   *
   * @param took the core's part
   * @param open incidents when the storm began
   * @param published snapshots that left
   * @param bytes of all state records that were written
   */
  record Run(int signals, Duration took, int open, long published, long writes, long bytes) {

    double perSecond() {
      return signals / (took.toNanos() / 1e9);
    }
  }

  Run of(StormShape shape) {
    Storm storm = new Storm(shape);
    Map<String, ClusterCorrelator> cores = new HashMap<>();
    for (String cluster : Storm.clusters(shape)) {
      cores.put(cluster, ClusterCorrelator.create(cluster, knowledge, CoreSettings.defaults()));
    }
    for (TopologyRecord object : storm.objects()) {
      of(cores, object.cluster()).apply(object);
    }
    for (Signal signal : storm.opening()) {
      of(cores, signal.cluster()).apply(signal);
    }
    int open = 0;
    for (ClusterCorrelator core : cores.values()) {
      open += core.publish().size();
      core.takeWrites();
    }
    long took = 0;
    long published = 0;
    long writes = 0;
    long bytes = 0;
    for (int tick = 1; storm.left() > 0; tick++) {
      List<Signal> signals = storm.next(TICK);
      long start = System.nanoTime();
      for (Signal signal : signals) {
        ClusterCorrelator core = of(cores, signal.cluster());
        core.apply(signal);
        for (StateRecord write : core.takeWrites()) {
          byte[] value = write.value();
          bytes += value == null ? 0 : value.length;
          writes++;
        }
      }
      for (ClusterCorrelator core : cores.values()) {
        boolean all = tick % SECOND == 0 || storm.left() == 0;
        published += (all ? core.publish() : core.publishUrgent()).size();
      }
      took += System.nanoTime() - start;
    }
    return new Run(shape.signals(), Duration.ofNanos(took), open, published, writes, bytes);
  }

  private static ClusterCorrelator of(Map<String, ClusterCorrelator> cores, String cluster) {
    ClusterCorrelator core = cores.get(cluster);
    if (core == null) {
      throw new IllegalStateException("no core for cluster " + cluster);
    }
    return core;
  }
}
