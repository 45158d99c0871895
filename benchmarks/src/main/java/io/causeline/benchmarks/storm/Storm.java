package io.causeline.benchmarks.storm;

import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The signals of a storm, in order: of every hundred, five are the first that is heard of a pod,
 * fifteen are new Events about known ones, the rest are repeats with a higher count. Each
 * Deployment is ill in one of four ways. The same shape makes the same storm.
 */
public final class Storm {

  /** When it begins; the prelude lies before. */
  public static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");

  private final StormShape shape;
  private final List<ClusterStorm> clusters = new ArrayList<>();
  private int told;
  private long repeated;

  /** A storm from its beginning. */
  public Storm(StormShape shape) {
    this.shape = shape;
    for (int i = 0; i < shape.clusters(); i++) {
      clusters.add(new ClusterStorm(i, shape));
    }
  }

  /** Names of its clusters. */
  public static List<String> clusters(StormShape shape) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < shape.clusters(); i++) {
      names.add(ClusterStorm.name(i));
    }
    return names;
  }

  /** The objects that are known before. To be asked for first. */
  public List<TopologyRecord> objects() {
    List<TopologyRecord> out = new ArrayList<>();
    clusters.forEach(cluster -> out.addAll(cluster.objects(BEGIN.minusSeconds(900))));
    return out;
  }

  /** What opens the incidents, before the storm. To be asked for after the objects. */
  public List<Signal> opening() {
    List<Signal> out = new ArrayList<>();
    // Long enough before for what opens only if it lasts.
    clusters.forEach(cluster -> out.addAll(cluster.opening(BEGIN.minusSeconds(600))));
    clusters.forEach(cluster -> out.add(cluster.heartbeat(BEGIN)));
    return out;
  }

  /** How many signals of the storm are left. */
  public int left() {
    return shape.signals() - told;
  }

  /** Beyond the shape: so many signals that tell again what was told, with higher counts. */
  public List<Signal> repeats(int count) {
    List<Signal> out = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      out.add(clusters.get(i % clusters.size()).repeat(now(told + repeated)));
      repeated++;
    }
    return out;
  }

  /** The next signals, at most so many; fewer at the end. */
  public List<Signal> next(int most) {
    int count = Math.min(most, left());
    List<Signal> out = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      out.add(clusters.get(told % clusters.size()).next(now(told)));
      told++;
    }
    return out;
  }

  private Instant now(long number) {
    return BEGIN.plusMillis(number * 1_000L / shape.perSecond());
  }
}
