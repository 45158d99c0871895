package io.causeline.standalone.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.correlator.knowledge.BuiltInTests;
import io.causeline.correlator.knowledge.Cause;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.KnowledgeLoader;
import io.causeline.standalone.rules.RuleTest.Kind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The built-in packs do what their tests say, and none is without tests. */
class BuiltInRuleTestsTest {

  private static final Knowledge KNOWLEDGE = KnowledgeLoader.builtIn();

  @Test
  void shouldPassEveryBuiltInTest() {
    TestReport report = new TestReport(new RuleTests(KNOWLEDGE).run(BuiltInTests.all()));
    assertThat(report.failed()).as(report.text()).isZero();
  }

  @Test
  void shouldTestEveryCauseWithAPositiveANegativeAndALookAlike() {
    Map<String, Set<Kind>> tested = new HashMap<>();
    BuiltInTests.all().stream()
        .flatMap(file -> TestFile.read(file).tests().stream())
        .filter(test -> test.cause() != null && test.kind() != null)
        .forEach(
            test ->
                tested
                    .computeIfAbsent(test.cause(), cause -> EnumSet.noneOf(Kind.class))
                    .add(test.kind()));

    Map<String, Set<Kind>> missing = new TreeMap<>();
    for (Cause cause : KNOWLEDGE.causes()) {
      Set<Kind> lacks = EnumSet.allOf(Kind.class);
      lacks.removeAll(tested.getOrDefault(cause.id(), Set.of()));
      if (!lacks.isEmpty() && !cause.id().equals(Cause.UNKNOWN)) {
        missing.put(cause.id(), lacks);
      }
    }
    assertThat(missing).as("causes and the kinds of tests that they lack").isEmpty();
  }
}
