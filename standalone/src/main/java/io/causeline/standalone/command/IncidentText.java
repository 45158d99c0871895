package io.causeline.standalone.command;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Affected;
import io.causeline.model.Incident.Check;
import io.causeline.model.Incident.Fix;
import io.causeline.model.Incident.Hypothesis;
import io.causeline.model.Incident.Role;
import io.causeline.model.Incident.State;
import io.causeline.model.Incident.TimelineEntry;
import io.causeline.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Incidents as a page for a terminal, in the order in which a person at night needs it: what broke,
 * why and how sure, what else it could be, what shows it, what would decide it, what to look at and
 * what to do. All of it was cleaned of control characters on the way in.
 */
final class IncidentText {

  private static final int RIVALS = 2;
  private static final int HIT = 8;
  private static final int MOST_EVIDENCE = 8;
  private static final int MOST_TIMELINE = 40;
  private static final int WIDTH = 110;
  private static final String INDENT = "             ";

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StringBuilder text = new StringBuilder();

  private IncidentText() {}

  static String of(List<Incident> incidents) {
    IncidentText text = new IncidentText();
    text.line(incidents.isEmpty() ? "No incidents." : counted(incidents.size(), "incident"));
    if (incidents.size() > 1) {
      incidents.forEach(text::summary);
    }
    incidents.forEach(text::page);
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

  private void summary(Incident incident) {
    line(
        "  %4s  %s: %s (%s)"
            .formatted(
                percent(incident.best().confidence()),
                incident.best().cause(),
                incident.title(),
                incident.state().word()));
  }

  private void page(Incident incident) {
    line("");
    line("=".repeat(WIDTH));
    line(incident.title());
    line(when(incident));
    line("");
    cause(incident);
    evidence(incident);
    section("decides it", incident.best().missing());
    checks(incident.best().checks());
    fixes(incident.best().fixes());
    section("hit", List.of(hit(incident)));
    timeline(incident);
    section("read", incident.best().references());
    section("gaps", incident.feed().gaps());
  }

  private static String when(Incident incident) {
    Instant resolved = incident.resolvedAt();
    Instant first = incident.firstSignalAt();
    String state = incident.state().word();
    if (incident.state() == State.MERGED) {
      state = "merged into " + incident.mergedInto();
    } else if (resolved != null) {
      state = "resolved " + CLOCK.format(resolved) + " after " + lasting(first, resolved);
    }
    return "%s, %s; from %s to %s; %s"
        .formatted(
            incident.severity().word(),
            state,
            DAY.format(first),
            CLOCK.format(incident.lastSignalAt()),
            incident.id());
  }

  private void cause(Incident incident) {
    List<Hypothesis> hypotheses = incident.hypotheses();
    for (int i = 0; i < hypotheses.size() && i <= RIVALS; i++) {
      Hypothesis hypothesis = hypotheses.get(i);
      entry(
          i == 0 ? "cause" : "or",
          "%4s  %s on %s: %s"
              .formatted(
                  percent(hypothesis.confidence()),
                  hypothesis.cause(),
                  place(hypothesis.locus()),
                  hypothesis.title()));
      if (!hypothesis.contradicts().isEmpty()) {
        entry("", "      against it: " + entries(incident, hypothesis.contradicts()));
      }
    }
    line("");
  }

  private static String entries(Incident incident, List<String> ids) {
    return timeline(incident, ids).stream()
        .map(entry -> entry.what() + " on " + place(entry.entity()))
        .collect(Collectors.joining(", "));
  }

  /** What shows the best hypothesis: its own evidence first, then what it would bring about. */
  private void evidence(Incident incident) {
    List<TimelineEntry> explained = timeline(incident, incident.best().explains());
    List<TimelineEntry> shown = new ArrayList<>();
    explained.stream().filter(entry -> speaks(entry)).forEach(shown::add);
    explained.stream().filter(entry -> !speaks(entry)).forEach(shown::add);
    for (int i = 0; i < shown.size() && i < MOST_EVIDENCE; i++) {
      entry(i == 0 ? "evidence" : "", told(shown.get(i)));
    }
    if (shown.size() > MOST_EVIDENCE) {
      entry("", "and " + (shown.size() - MOST_EVIDENCE) + " more in the timeline");
    }
    if (!shown.isEmpty()) {
      line("");
    }
  }

  private static boolean speaks(TimelineEntry entry) {
    return entry.role() == Role.CAUSE || entry.role() == Role.CHANGE;
  }

  private static List<TimelineEntry> timeline(Incident incident, List<String> ids) {
    List<TimelineEntry> timeline = incident.timeline();
    Set<String> wanted = new HashSet<>(ids);
    return timeline == null
        ? List.of()
        : timeline.stream().filter(entry -> wanted.contains(entry.id())).toList();
  }

  private static String told(TimelineEntry entry) {
    return "%s  %s%s on %s: %s"
        .formatted(
            CLOCK.format(entry.at()),
            entry.what(),
            entry.count() > 1 ? " x" + entry.count() : "",
            place(entry.entity()),
            entry.message());
  }

  private void checks(List<Check> checks) {
    for (int i = 0; i < checks.size(); i++) {
      entry(i == 0 ? "check" : "", (i + 1) + ". " + checks.get(i).text());
      command(checks.get(i).command());
    }
    gap(checks);
  }

  private void fixes(List<Fix> fixes) {
    for (int i = 0; i < fixes.size(); i++) {
      Fix fix = fixes.get(i);
      entry(i == 0 ? "fix" : "", (i + 1) + ". " + fix.text());
      command(fix.command());
      if (fix.risk() != null) {
        entry("", "   risk: " + fix.risk());
      }
    }
    gap(fixes);
  }

  private void gap(List<?> items) {
    if (!items.isEmpty()) {
      line("");
    }
  }

  /** Never wrapped: it is there to be copied. */
  private void command(@Nullable String command) {
    if (command != null) {
      line(INDENT + "   $ " + command);
    }
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
    int left = entries.size() - MOST_TIMELINE;
    for (int i = 0; i < entries.size(); i++) {
      boolean middle = left > 0 && i >= MOST_TIMELINE / 2 && i < MOST_TIMELINE / 2 + left;
      if (!middle) {
        TimelineEntry entry = entries.get(i);
        String role = entry.role().name().toLowerCase(Locale.ROOT);
        String told = told(entry);
        int blank = told.indexOf(' ');
        String line =
            "%s  %-8s %s".formatted(told.substring(0, blank), role, told.substring(blank).strip());
        entry(i == 0 ? "timeline" : "", line);
      } else if (i == MOST_TIMELINE / 2) {
        entry("", left + " more; --output json has them all");
      }
    }
    line("");
  }

  private void section(String name, List<String> lines) {
    boolean any = false;
    for (String each : lines) {
      if (!each.isEmpty()) {
        entry(any ? "" : name, each);
        any = true;
      }
    }
    if (any) {
      line("");
    }
  }

  /** A line under a name, wrapped at blanks where it is long. */
  private void entry(String name, String value) {
    String rest = value.stripTrailing();
    String head = "  %-10s ".formatted(name);
    int hanging = rest.length() - rest.stripLeading().length() + 3;
    while (head.length() + rest.length() > WIDTH) {
      int cut = rest.lastIndexOf(' ', WIDTH - head.length());
      if (cut <= hanging) {
        break;
      }
      line(head + rest.substring(0, cut));
      rest = " ".repeat(hanging) + rest.substring(cut).strip();
      head = INDENT;
    }
    line(head + rest);
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  private static String lasting(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toSeconds() + " s";
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
