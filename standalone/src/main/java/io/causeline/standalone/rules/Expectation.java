package io.causeline.standalone.rules;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Hypothesis;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An incident that a test expects.
 *
 * @param source {@code file:line}
 * @param kind of the locus; null for any
 * @param place of the locus; null for whatever name
 * @param rank the cause is among so many first ones
 * @param least confidence, at least
 * @param most confidence, at most
 * @param open null for either
 */
record Expectation(
    String source,
    String cause,
    @Nullable String kind,
    @Nullable EntityRef place,
    int rank,
    double least,
    double most,
    @Nullable Boolean open) {

  /** Whether this incident is the expected one. */
  boolean fits(Incident incident) {
    return fitsState(incident)
        && incident.hypotheses().stream().limit(rank).anyMatch(this::fitsHypothesis);
  }

  private boolean fitsState(Incident incident) {
    return open == null || open == incident.state().active();
  }

  private boolean fitsHypothesis(Hypothesis hypothesis) {
    return hypothesis.cause().equals(cause)
        && (kind == null || kind.equals(hypothesis.locus().kind()))
        && (place == null || place.equals(hypothesis.locus()))
        && hypothesis.confidence() >= least
        && hypothesis.confidence() <= most;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(cause);
    if (place != null) {
      text.append(" on ").append(Places.text(place));
    } else if (kind != null) {
      text.append(" on a ").append(kind);
    }
    if (rank > 1) {
      text.append(" among the first ").append(rank);
    }
    if (least > 0) {
      text.append(", confidence at least ").append(number(least));
    }
    if (most < 1) {
      text.append(", confidence at most ").append(number(most));
    }
    if (open != null) {
      text.append(open ? ", open" : ", resolved");
    }
    return text.toString();
  }

  private static String number(double confidence) {
    return String.format(Locale.ROOT, "%.2f", confidence);
  }
}
