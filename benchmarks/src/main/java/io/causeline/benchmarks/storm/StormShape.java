package io.causeline.benchmarks.storm;

/**
 * How big a storm is.
 *
 * @param clusters over which all else is spread evenly
 * @param signals of the storm itself, after the prelude that opens the incidents
 * @param incidents open when it begins, one for each Deployment
 * @param entities pods that the storm may speak of; 0 for as many new ones as come up
 * @param perSecond signals per second of event time, over all clusters
 */
public record StormShape(int clusters, int signals, int incidents, int entities, int perSecond) {

  /** Of every hundred signals: the first time that something is said of a pod not seen before. */
  public static final int NEW_ENTITY_PERCENT = 5;

  /** Of every hundred signals: a new Event about a pod that is known. */
  public static final int NEW_SIGNAL_PERCENT = 15;

  public StormShape {
    if (clusters < 1 || incidents < clusters || incidents % clusters != 0) {
      throw new IllegalArgumentException("incidents must be a multiple of clusters");
    }
    if (entities != 0 && entities < incidents) {
      throw new IllegalArgumentException("fewer entities than incidents");
    }
  }

  /** The one that the targets speak of. */
  public static StormShape standard() {
    return new StormShape(8, 1_000_000, 10_000, 0, 100_000);
  }

  /** With so many incidents and entities; its entities are used again and again. */
  public StormShape recycling(int incidents, int entities) {
    return new StormShape(clusters, signals, incidents, entities, perSecond);
  }

  /** With so many signals. */
  public StormShape signals(int other) {
    return new StormShape(clusters, other, incidents, entities, perSecond);
  }
}
