package io.causeline.correlator.core;

/**
 * Something that happens in a {@link World}.
 *
 * @param second when it begins, after the world was first listed
 * @param which of the objects of its kind it happens to, around and around
 * @param times how often it repeats, where it does
 * @param heals whether it is over by itself within the story
 */
record Step(int second, Kind kind, int which, int times, boolean heals) {

  /** What can happen. */
  enum Kind {
    NODE_DOWN,
    IMAGE_PULL_FAILS,
    CRASHES,
    PROBE_FAILS,
    ROLLOUT,
    LOAD_BALANCER_FAILS,
    SELECTOR_BROKEN,
    EVICTED,
    UNSCHEDULABLE,
    UNKNOWN_ALERT,
    CRITICAL_ALERT,
    UNKNOWN_WARNING,
    CLOUD_FAILS,
    HEARTBEATS,
    STRAY_RESOLVE,
    QUIET_LIFE,
  }

  @Override
  public String toString() {
    return second
        + "s "
        + kind
        + " #"
        + which
        + " x"
        + times
        + (heals ? " and it heals" : " and it stays");
  }
}
