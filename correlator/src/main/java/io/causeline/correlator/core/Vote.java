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
    Hypothesis hypothesis,
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

  Vote(
      String cause,
      EntityRef locus,
      Role role,
      Weight weight,
      String group,
      @Nullable Duration within,
      boolean state) {
    this(new Hypothesis(cause, locus), role, weight, group, within, state);
  }

  String cause() {
    return hypothesis.cause();
  }

  EntityRef locus() {
    return hypothesis.locus();
  }

  boolean supports() {
    return role == Role.EVIDENCE || role == Role.SYMPTOM;
  }

  boolean evidence(Weight atLeast) {
    return role == Role.EVIDENCE && weight.compareTo(atLeast) <= 0;
  }

  Vote at(EntityRef place) {
    return new Vote(cause(), place, role, weight, group, within, state);
  }

  /** A cause at a place. A key in most of the core's maps: it works out its hash once. */
  static final class Hypothesis implements Comparable<Hypothesis> {
    private final String cause;
    private final EntityRef locus;
    private final int hash;

    Hypothesis(String cause, EntityRef locus) {
      this.cause = cause;
      this.locus = locus;
      this.hash = cause.hashCode() * 31 + locus.hashCode();
    }

    String cause() {
      return cause;
    }

    EntityRef locus() {
      return locus;
    }

    String key() {
      return cause + "@" + locus.path();
    }

    boolean somewhere() {
      return locus.name().equals(SOMEWHERE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other
          || (other instanceof Hypothesis that
              && hash == that.hash
              && cause.equals(that.cause)
              && locus.equals(that.locus));
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public int compareTo(Hypothesis other) {
      int byCause = cause.compareTo(other.cause);
      return byCause != 0 ? byCause : locus.compareTo(other.locus);
    }

    @Override
    public String toString() {
      return key();
    }
  }
}
