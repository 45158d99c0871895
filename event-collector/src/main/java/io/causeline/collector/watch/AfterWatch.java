package io.causeline.collector.watch;

import io.causeline.collector.watch.WatchEnd.Broken;
import io.causeline.collector.watch.WatchEnd.Closed;
import io.causeline.collector.watch.WatchEnd.Refused;
import io.causeline.collector.watch.WatchEnd.StopCause;
import io.causeline.collector.watch.WatchEnd.Stopped;

/** Decides how to go on when a watch has ended. */
final class AfterWatch {

  /**
   * So many closes at once, with nothing between them, mean that the resourceVersion is expired.
   */
  static final int CLOSES_THAT_MEAN_EXPIRED = 3;

  /** So many refusals, with nothing between them, mean that the resourceVersion is no good. */
  static final int REFUSALS_THAT_MEAN_LOST = 5;

  /** How to go on. */
  enum Step {
    /** Watch again from the last resourceVersion that was taken. */
    RESUME,
    /** Watch again, taking a newer resourceVersion first, since this one grows old. */
    REFRESH,
    /** Wait for room, then watch again from what Kafka has stored. */
    RECOVER,
    /** List again: what was seen last can't be watched on from. */
    RELIST
  }

  /**
   * A decision.
   *
   * @param cause for people and, since there are few, for metrics
   * @param backOff whether to wait before
   */
  record Decision(Step step, String cause, boolean backOff) {}

  private AfterWatch() {}

  /**
   * Decides.
   *
   * @param barren how many watches in a row have brought nothing before they ended badly, this one
   *     included
   */
  static Decision decide(WatchEnd end, int barren) {
    if (end instanceof Closed closed) {
      return closed(closed, barren);
    } else if (end instanceof Broken) {
      return new Decision(Step.RESUME, "broken", true);
    } else if (end instanceof Refused refused) {
      return refused(refused.failure(), barren);
    }
    return ((Stopped) end).cause() == StopCause.PAUSED
        ? new Decision(Step.RECOVER, "paused", false)
        : new Decision(Step.RECOVER, "send-failed", true);
  }

  /**
   * An expired resourceVersion may show only as a watch that is answered with 200 and ended at once
   * (kubernetes/kubernetes#104171).
   */
  private static Decision closed(Closed closed, int barren) {
    if (closed.moved()) {
      return new Decision(Step.RESUME, "ended", false);
    }
    if (!closed.brief()) {
      return new Decision(Step.REFRESH, "ended", false);
    }
    return barren >= CLOSES_THAT_MEAN_EXPIRED
        ? new Decision(Step.RELIST, "closed-at-once", true)
        : new Decision(Step.RESUME, "closed-at-once", true);
  }

  private static Decision refused(ApiException failure, int barren) {
    if (failure.expired()) {
      return new Decision(Step.RELIST, "expired", barren > 1);
    }
    return switch (failure.status()) {
      case ApiException.NO_ANSWER -> new Decision(Step.RESUME, "no-answer", true);
      case 401, 403 -> new Decision(Step.RESUME, "forbidden", true);
      case 408, 429 -> new Decision(Step.RESUME, "throttled", true);
      default ->
          failure.status() < 500 || barren >= REFUSALS_THAT_MEAN_LOST
              ? new Decision(Step.RELIST, "refused", true)
              : new Decision(Step.RESUME, "refused", true);
    };
  }
}
