package io.causeline.standalone.rules;

import io.causeline.model.Incident;
import java.util.List;

/**
 * What came of a test.
 *
 * @param source {@code file:line} of the test
 * @param name {@code test 'x'}
 * @param faults none where it passed
 * @param incidents that came of it, best known first
 */
public record TestResult(String source, String name, List<Fault> faults, List<Incident> incidents) {

  /** Something that is not as expected, at {@code file:line}. */
  public record Fault(String source, String text) {}

  /** Whether all was as expected. */
  public boolean passed() {
    return faults.isEmpty();
  }
}
