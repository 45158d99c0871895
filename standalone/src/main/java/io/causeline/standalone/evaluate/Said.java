package io.causeline.standalone.evaluate;

import io.causeline.correlator.knowledge.Cause;
import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** A hypothesis that was told. */
record Said(String cause, EntityRef locus, double confidence) {

  static Said of(Incident.Hypothesis hypothesis) {
    return new Said(hypothesis.cause(), hypothesis.locus(), hypothesis.confidence());
  }

  /** All that was told in these incidents, each cause once, the most confident first. */
  static List<Said> all(List<Incident> incidents) {
    List<Said> all = new ArrayList<>();
    for (Incident incident : incidents) {
      incident.hypotheses().forEach(hypothesis -> all.add(of(hypothesis)));
    }
    all.sort(Comparator.comparingDouble(Said::confidence).reversed().thenComparing(Said::cause));
    List<Said> distinct = new ArrayList<>();
    for (Said said : all) {
      if (distinct.stream().noneMatch(other -> other.cause().equals(said.cause()))) {
        distinct.add(said);
      }
    }
    return distinct;
  }

  /** Whether it is a claim at all: {@code unknown} and benign readings are none. */
  boolean claims() {
    return !cause.equals(Cause.UNKNOWN) && !isBenign();
  }

  /** Whether it says that nothing is wrong. */
  boolean isBenign() {
    return cause.startsWith("benign-");
  }

  /** The place of the first right one, from 1; 0 where none is. */
  static int rank(List<Said> ranked, Set<String> accepted) {
    for (int i = 0; i < ranked.size(); i++) {
      if (accepted.contains(ranked.get(i).cause())) {
        return i + 1;
      }
    }
    return 0;
  }
}
