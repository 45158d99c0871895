package io.causeline.standalone.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Hypothesis;
import io.causeline.model.Incident.TimelineEntry;
import io.causeline.model.Json;
import io.causeline.standalone.rules.TestResult.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of tests, for people and for programs. */
public final class TestReport {

  private static final int HYPOTHESES = 3;

  private final List<TestResult> results;

  /** A report of these results. */
  public TestReport(List<TestResult> results) {
    this.results = results;
  }

  /** How many tests failed. */
  public long failed() {
    return results.stream().filter(result -> !result.passed()).count();
  }

  /** Every failure with what was found instead, and the numbers at the end. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (TestResult result : results) {
      for (Fault fault : result.faults()) {
        text.append(fault.source()).append(": ");
        if (!result.name().isEmpty()) {
          text.append(result.name()).append(": ");
        }
        text.append(fault.text()).append('\n');
      }
      if (!result.passed()) {
        result.incidents().forEach(incident -> incident(incident, text));
      }
    }
    long failed = failed();
    return text.append(results.size() - failed)
        .append(" passed, ")
        .append(failed)
        .append(" failed\n")
        .toString();
  }

  /** One JSON document: {@code passed}, {@code failed}, {@code failures}. */
  public String json() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("passed", results.size() - failed());
    document.put("failed", failed());
    document.put("failures", results.stream().filter(result -> !result.passed()).toList());
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("results cannot be written as JSON", e);
    }
  }

  private static void incident(Incident incident, StringBuilder text) {
    text.append(
        "    %s, %s: %s\n"
            .formatted(incident.state().word(), incident.severity().word(), incident.title()));
    for (Hypothesis hypothesis :
        incident.hypotheses().subList(0, Math.min(HYPOTHESES, incident.hypotheses().size()))) {
      text.append(
          "      %.2f  %s on %s\n"
              .formatted(
                  hypothesis.confidence(), hypothesis.cause(), Places.text(hypothesis.locus())));
      entries("for", hypothesis.explains(), incident, text);
      entries("against", hypothesis.contradicts(), incident, text);
    }
  }

  private static void entries(
      String side, List<String> ids, Incident incident, StringBuilder text) {
    List<TimelineEntry> timeline = incident.timeline() == null ? List.of() : incident.timeline();
    for (TimelineEntry entry : timeline) {
      if (ids.contains(entry.id())) {
        text.append(
            "            %-7s  %s  %s on %s%s%s\n"
                .formatted(
                    side,
                    Json.time(entry.at()).substring(11, 19),
                    entry.what(),
                    Places.text(entry.entity()),
                    entry.count() > 1 ? " x" + entry.count() : "",
                    entry.message().isEmpty() ? "" : ": " + entry.message()));
      }
    }
  }
}
