package io.causeline.benchmarks.storm;

/**
 * How big a storm is.
 *
 * @param clusters over which all else is spread evenly
 * @param signals of the storm itself, after the prelude that opens the incidents
 * @param incidents open when it begins, one for each Deployment
 * @param entities pods that the storm may speak of; 0 for as many new ones as come up
 * @param containers of a pod; what is said of each is an entry of its own
 * @param perSecond signals per second of event time, over all clusters
 */
public record StormShape(
    int clusters, int signals, int incidents, int entities, int containers, int perSecond) {

  /** Of every hundred signals: the first time that something is said of a pod not seen before. */
  public static final int NEW_ENTITY_PERCENT = 5;

  /** Of every hundred signals: a new Event about a pod that is known. */
  public static final int NEW_SIGNAL_PERCENT = 15;

  public StormShape {
    if (clusters < 1 || incidents < clusters || incidents % clusters != 0) {
      throw new IllegalArgumentException("incidents must be a multiple of clusters");
    }
    if (containers < 1) {
      throw new IllegalArgumentException("a pod has a container");
    }
    if (entities != 0 && entities < incidents) {
      throw new IllegalArgumentException("fewer entities than incidents");
    }
  }

  /** The one that the targets speak of. */
  public static StormShape standard() {
    return new StormShape(8, 1_000_000, 10_000, 0, 1, 100_000);
  }

  /** With so many incidents and entities; its entities are used again and again. */
  public StormShape recycling(int incidents, int entities) {
    return new StormShape(clusters, signals, incidents, entities, containers, perSecond);
  }

  /** With so many containers in each pod. */
  public StormShape containers(int other) {
    return new StormShape(clusters, signals, incidents, entities, other, perSecond);
  }

  /** With so many signals. */
  public StormShape signals(int other) {
    return new StormShape(clusters, other, incidents, entities, containers, perSecond);
  }
}
