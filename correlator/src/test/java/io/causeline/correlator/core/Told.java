package io.causeline.correlator.core;

import io.causeline.model.Incident;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Incidents as they can be compared whatever the order of arrival: without ids, revisions and the
 * times of opening and updating. One line each thing, so that a difference can be read.
 */
final class Told {

  private Told() {}

  static String of(Collection<Incident> incidents) {
    return of(incidents, true);
  }

  /**
   * As text.
   *
   * @param sure whether the confidence belongs to it: what a feed may have missed lowers it, and
   *     that is known only as far as the feed has come
   */
  static String of(Collection<Incident> incidents, boolean sure) {
    return incidents.stream()
        .filter(incident -> incident.state() != Incident.State.MERGED)
        .map(incident -> of(incident, sure))
        .sorted()
        .collect(Collectors.joining());
  }

  private static String of(Incident incident, boolean sure) {
    StringBuilder out = new StringBuilder();
    out.append(incident.best().cause())
        .append(" @ ")
        .append(incident.best().locus())
        .append(' ')
        .append(incident.state())
        .append(' ')
        .append(incident.severity())
        .append(" began ")
        .append(incident.firstSignalAt())
        .append(" last ")
        .append(incident.lastSignalAt())
        .append(" resolved ")
        .append(incident.resolvedAt())
        .append("\n  ")
        .append(incident.title())
        .append('\n');
    for (Incident.Hypothesis hypothesis : incident.hypotheses()) {
      out.append("  ").append(hypothesis(hypothesis, sure)).append('\n');
    }
    new TreeSet<>(entries(incident)).forEach(line -> out.append("    ").append(line).append('\n'));
    return out.toString();
  }

  private static String hypothesis(Incident.Hypothesis hypothesis, boolean sure) {
    return String.format(
        Locale.ROOT,
        "%d. %s @ %s %.3f for %s against %s",
        hypothesis.rank(),
        hypothesis.cause(),
        hypothesis.locus(),
        sure ? hypothesis.confidence() : 0,
        hypothesis.explains(),
        hypothesis.contradicts());
  }

  /** What people did is no part of it. */
  static List<String> entries(Incident incident) {
    List<String> entries = new ArrayList<>();
    for (Incident.TimelineEntry entry : timeline(incident)) {
      if (entry.source() != Incident.Source.ACTION) {
        entries.add(
            entry.at()
                + " "
                + entry.lastAt()
                + " "
                + entry.source()
                + " "
                + entry.entity()
                + " "
                + entry.what()
                + " x"
                + entry.count()
                + " "
                + entry.role()
                + " "
                + entry.severity()
                + " "
                + entry.message());
      }
    }
    return entries;
  }

  static List<Incident.TimelineEntry> timeline(Incident incident) {
    List<Incident.TimelineEntry> timeline = incident.timeline();
    return timeline == null ? List.of() : timeline;
  }
}
