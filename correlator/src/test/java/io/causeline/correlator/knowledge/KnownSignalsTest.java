package io.causeline.correlator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What clusters and their usual alert rules may say, each with a line or a rule that names it. */
class KnownSignalsTest {

  private static final Knowledge KNOWLEDGE = KnowledgeLoader.builtIn();

  @Test
  void shouldNameEveryReasonThatIsListed() throws IOException {
    assertThat(listed("known-reasons.txt"))
        .hasSizeGreaterThan(500)
        .filteredOn(reason -> !isKnownReason(reason))
        .isEmpty();
  }

  @Test
  void shouldNameEveryAlertThatIsListed() throws IOException {
    assertThat(listed("known-alerts.txt"))
        .hasSizeGreaterThan(200)
        .filteredOn(alert -> !isKnownAlert(alert))
        .isEmpty();
  }

  @Test
  void shouldTellWhatNothingNames() {
    assertThat(isKnownReason("SomethingElse")).isFalse();
    assertThat(isKnownAlert("SomethingElse")).isFalse();
  }

  private static boolean isKnownReason(String reason) {
    return !KNOWLEDGE.eventLines(reason).isEmpty()
        || KNOWLEDGE.rules(reason).stream().anyMatch(rule -> !rule.matcher().reasons().isEmpty());
  }

  private static boolean isKnownAlert(String name) {
    return !KNOWLEDGE.alertLines(name).isEmpty() || !KNOWLEDGE.benignAlerts(name).isEmpty();
  }

  private static List<String> listed(String name) throws IOException {
    try (InputStream in = KnownSignalsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
