package io.causeline.standalone.command;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Affected;
import io.causeline.model.Incident.Check;
import io.causeline.model.Incident.Fix;
import io.causeline.model.Incident.Hypothesis;
import io.causeline.model.Incident.State;
import io.causeline.model.Incident.TimelineEntry;
import io.causeline.model.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Incidents as text for a terminal. All of it was cleaned of control characters on the way in. */
final class IncidentText {

  private static final int RIVALS = 2;
  private static final int HIT = 8;

  private final StringBuilder text = new StringBuilder();

  private IncidentText() {}

  static String of(List<Incident> incidents) {
    IncidentText text = new IncidentText();
    text.line(incidents.isEmpty() ? "No incidents." : counted(incidents.size(), "incident"));
    incidents.forEach(text::incident);
    return text.text.toString();
  }

  /** One line that says what an incident has become. */
  static String news(Incident incident) {
    Hypothesis best = incident.best();
    return "%s  %-12s %-8s  %s  [%s on %s, %s]  %s"
        .formatted(
            Json.time(incident.updatedAt()),
            incident.state().word(),
            incident.severity().word(),
            incident.title(),
            best.cause(),
            place(best.locus()),
            percent(best.confidence()),
            incident.id());
  }

  private void incident(Incident incident) {
    line("");
    line(
        "%s  (%s, %s)"
            .formatted(incident.title(), incident.state().word(), incident.severity().word()));
    field("id", incident.id());
    field("when", when(incident));
    hypotheses(incident);
    field("hit", hit(incident));
    timeline(incident);
    advice(incident.best());
    incident.feed().gaps().forEach(gap -> field("gap", gap));
  }

  private static String when(Incident incident) {
    String span = Json.time(incident.firstSignalAt()) + " to " + Json.time(incident.lastSignalAt());
    Instant resolved = incident.resolvedAt();
    if (incident.state() == State.MERGED) {
      return span + ", merged into " + incident.mergedInto();
    }
    return span + (resolved == null ? "" : ", resolved " + Json.time(resolved));
  }

  private void hypotheses(Incident incident) {
    List<Hypothesis> hypotheses = incident.hypotheses();
    for (int i = 0; i < hypotheses.size() && i <= RIVALS; i++) {
      Hypothesis hypothesis = hypotheses.get(i);
      field(
          i == 0 ? "cause" : "or",
          "%4s  %s on %s: %s"
              .formatted(
                  percent(hypothesis.confidence()),
                  hypothesis.cause(),
                  place(hypothesis.locus()),
                  hypothesis.title()));
    }
    incident.best().missing().forEach(missing -> field("not known", missing));
  }

  private static String hit(Incident incident) {
    List<Affected> entities = incident.impact().entities();
    List<String> counts = new ArrayList<>();
    count(counts, incident.impact().services(), "service");
    count(counts, incident.impact().pods(), "pod");
    count(counts, incident.impact().nodes(), "node");
    String names =
        entities.stream()
            .limit(HIT)
            .map(hit -> place(EntityRef.of(hit.kind(), hit.namespace(), hit.name())))
            .collect(Collectors.joining(", "));
    String more = entities.size() > HIT ? ", and " + (entities.size() - HIT) + " more" : "";
    return (counts.isEmpty() ? "" : String.join(", ", counts) + ": ") + names + more;
  }

  private static void count(List<String> counts, int number, String noun) {
    if (number > 0) {
      counts.add(counted(number, noun));
    }
  }

  private void timeline(Incident incident) {
    List<TimelineEntry> entries = incident.timeline();
    if (entries == null || entries.isEmpty()) {
      return;
    }
    line("  timeline");
    for (TimelineEntry entry : entries) {
      line(
          "    %s  %-8s  %s  %s%s  %s"
              .formatted(
                  Json.time(entry.at()),
                  entry.role().name().toLowerCase(Locale.ROOT),
                  place(entry.entity()),
                  entry.what(),
                  entry.count() > 1 ? " x" + entry.count() : "",
                  entry.message()));
    }
  }

  private void advice(Hypothesis best) {
    for (Check check : best.checks()) {
      field("check", check.text());
      command(check.command());
    }
    for (Fix fix : best.fixes()) {
      field("fix", fix.text());
      command(fix.command());
      if (fix.risk() != null) {
        field("", "risk: " + fix.risk());
      }
    }
  }

  private void command(@Nullable String command) {
    if (command != null) {
      field("", "$ " + command);
    }
  }

  private void field(String name, String value) {
    if (!value.isEmpty()) {
      line("  %-9s %s".formatted(name, value));
    }
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  private static String place(EntityRef entity) {
    String namespace = entity.namespace();
    return entity.kind() + " " + (namespace == null ? "" : namespace + "/") + entity.name();
  }

  private static String percent(double confidence) {
    return Math.round(confidence * 100) + "%";
  }

  private static String counted(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
