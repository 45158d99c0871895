package io.causeline.standalone.rules;

import io.causeline.bridge.alertmanager.AlertNormaliser;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.PackSource;
import io.causeline.model.Incident;
import io.causeline.standalone.rules.TestResult.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs tests of packs against the knowledge that they make. */
public final class RuleTests {

  private final Knowledge knowledge;
  private final AlertNormaliser alerts = new AlertNormaliser();

  /** Tests of this knowledge. */
  public RuleTests(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /**
   * Runs all tests and samples of these files.
   *
   * @return one result for each, in their order; what cannot be read is a failure too
   */
  public List<TestResult> run(List<PackSource> files) {
    List<Supplier<TestResult>> runs = new ArrayList<>();
    for (TestFile file : files.parallelStream().map(TestFile::read).toList()) {
      file.faults().forEach(fault -> runs.add(() -> unreadable(fault)));
      file.tests().forEach(test -> runs.add(() -> run(test)));
      file.samples().forEach(sample -> runs.add(() -> run(sample)));
    }
    return runs.parallelStream().map(Supplier::get).toList();
  }

  private TestResult run(RuleTest test) {
    List<Incident> incidents = Story.incidents(test, knowledge, alerts);
    return new TestResult(
        test.source(),
        "test '" + test.name() + "'",
        Verdict.of(test, knowledge, incidents),
        incidents);
  }

  private TestResult run(Sample sample) {
    String fault = sample.fault(knowledge);
    return new TestResult(
        sample.source(),
        "sample of " + sample.name(),
        fault == null ? List.of() : List.of(new Fault(sample.source(), fault)),
        List.of());
  }

  /** {@code file:line: what is wrong}. */
  private static TestResult unreadable(String fault) {
    int end = fault.indexOf(": ");
    String source = end < 0 ? "" : fault.substring(0, end);
    return new TestResult(
        source, "", List.of(new Fault(source, fault.substring(end < 0 ? 0 : end + 2))), List.of());
  }
}
