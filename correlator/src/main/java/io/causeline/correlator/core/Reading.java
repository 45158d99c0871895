package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the knowledge makes of an entry.
 *
 * @param knowledge its version
 * @param visited every object that was looked at, and every group of {@link Scope}
 * @param opening why a change may belong to an incident by itself; null where it may not
 * @param judgedAt when it will be judged next whether it may; null where nothing is left to judge
 */
record Reading(
    String knowledge,
    List<Vote> votes,
    List<EntityRef> visited,
    boolean benign,
    int openCount,
    Duration openAfter,
    @Nullable Opening opening,
    @Nullable Instant judgedAt) {

  static final Reading NONE =
      new Reading("", List.of(), List.of(), false, Integer.MAX_VALUE, Duration.ZERO, null, null);

  /**
   * A change that left its object in faulty states.
   *
   * @param states that held when they were judged; it is over when none of them holds
   * @param from when the first of them was judged to hold
   */
  record Opening(List<StateKind> states, Instant from) {}
}
