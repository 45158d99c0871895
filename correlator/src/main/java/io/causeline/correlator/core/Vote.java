package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.correlator.knowledge.Weight;
import io.causeline.model.EntityRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one entry says about one hypothesis.
 *
 * @param group votes of one group are one witness
 * @param within for a change: at most so long before the first symptom; null for signals
 * @param state whether a state of the locus says it, rather than the entry itself
 */
record Vote(
    String cause,
    EntityRef locus,
    Role role,
    Weight weight,
    String group,
    @Nullable Duration within,
    boolean state) {

  /**
   * Name of a place that is known to exist but not which it is: a pod's node without topology, the
   * kube-proxy that serves an Ingress.
   */
  static final String SOMEWHERE = "?";

  Hypothesis hypothesis() {
    return new Hypothesis(cause, locus);
  }

  boolean supports() {
    return role == Role.EVIDENCE || role == Role.SYMPTOM;
  }

  boolean evidence(Weight atLeast) {
    return role == Role.EVIDENCE && weight.compareTo(atLeast) <= 0;
  }

  Vote at(EntityRef place) {
    return new Vote(cause, place, role, weight, group, within, state);
  }

  /** A cause at a place. */
  record Hypothesis(String cause, EntityRef locus) implements Comparable<Hypothesis> {

    String key() {
      return cause + "@" + locus.path();
    }

    boolean somewhere() {
      return locus.name().equals(SOMEWHERE);
    }

    /**
     * Written out, as is {@link #hashCode}: most of the core's time would go by in a record's own.
     */
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other
          || (other instanceof Hypothesis that
              && cause.equals(that.cause)
              && locus.equals(that.locus));
    }

    @Override
    public int hashCode() {
      return cause.hashCode() * 31 + locus.hashCode();
    }

    @Override
    public int compareTo(Hypothesis other) {
      int byCause = cause.compareTo(other.cause);
      return byCause != 0 ? byCause : locus.compareTo(other.locus);
    }
  }
}
