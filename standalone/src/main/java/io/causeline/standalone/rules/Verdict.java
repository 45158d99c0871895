package io.causeline.standalone.rules;

import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.DidYouMean;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.Incident;
import io.causeline.standalone.rules.TestResult.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether the incidents that came of a story are those that its test expects: each expectation has
 * an incident of its own, and no incident is left over.
 */
final class Verdict {

  private final List<Incident> incidents;
  private final List<Expectation> expected;

  /** For each incident, the expectation that has it; null for none. */
  private final @Nullable Integer[] taken;

  private Verdict(List<Expectation> expected, List<Incident> incidents) {
    this.expected = expected;
    this.incidents = incidents;
    this.taken = new Integer[incidents.size()];
  }

  /**
   * What is wrong, one line each: where it stands, and what was expected.
   *
   * @return none where all is as expected
   */
  static List<Fault> of(RuleTest test, Knowledge knowledge, List<Incident> incidents) {
    String got = ", but got " + got(incidents);
    List<Fault> faults = new ArrayList<>();
    Set<String> named = new LinkedHashSet<>(test.never());
    List<Expectation> expect = test.expect();
    if (test.cause() != null) {
      named.add(test.cause());
    }
    if (expect != null) {
      expect.forEach(each -> named.add(each.cause()));
    }
    for (String cause : named) {
      if (knowledge.cause(cause).isEmpty()) {
        faults.add(new Fault(test.source(), noSuchCause(cause, knowledge)));
      }
    }
    if (expect != null) {
      faults.addAll(new Verdict(expect, incidents).match(test, got));
    }
    for (Incident incident : incidents) {
      if (test.never().contains(incident.best().cause())) {
        faults.add(
            new Fault(
                test.source(),
                "expected " + incident.best().cause() + " to stand first nowhere" + got));
      }
    }
    return faults;
  }

  private static String got(List<Incident> incidents) {
    return incidents.isEmpty()
        ? "no incident"
        : incidents.stream().map(Verdict::described).collect(Collectors.joining(", "));
  }

  private static String described(Incident incident) {
    Incident.Hypothesis best = incident.best();
    return "%s on %s (%.2f, %s)"
        .formatted(
            best.cause(), Places.text(best.locus()), best.confidence(), incident.state().word());
  }

  /** Says that a cause is not known, and which may be meant. */
  static String noSuchCause(String cause, Knowledge knowledge) {
    return "there is no cause '"
        + cause
        + "'"
        + DidYouMean.hint(cause, knowledge.causes().stream().map(Cause::id).toList());
  }

  private List<Fault> match(RuleTest test, String got) {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      if (!place(i, new LinkedHashSet<>())) {
        faults.add(new Fault(expected.get(i).source(), "expected " + expected.get(i) + got));
      }
    }
    if (faults.isEmpty() && Arrays.stream(taken).anyMatch(Objects::isNull)) {
      faults.add(
          new Fault(
              test.source(),
              "expected "
                  + (expected.isEmpty()
                      ? "no incident"
                      : expected.stream().map(Expectation::cause).collect(Collectors.joining(", "))
                          + " alone")
                  + got));
    }
    return faults;
  }

  /** Gives an expectation an incident, if need be by giving another expectation another one. */
  private boolean place(int expectation, Set<Integer> tried) {
    for (int j = 0; j < incidents.size(); j++) {
      if (expected.get(expectation).fits(incidents.get(j)) && tried.add(j)) {
        Integer holder = taken[j];
        if (holder == null || place(holder, tried)) {
          taken[j] = expectation;
          return true;
        }
      }
    }
    return false;
  }
}
