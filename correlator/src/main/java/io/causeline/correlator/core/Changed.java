package io.causeline.correlator.core;

import io.causeline.model.Incident;
import io.causeline.model.Incident.TimelineEntry;
import java.util.List;
import java.util.Objects;

/** How two states of an incident differ. */
enum Changed {
  /** In nothing but revision and times of updating. */
  NOTHING,
  /** Only in how often and how long things were seen. */
  COUNTS,
  /** In something that people want to know at once. */
  MATERIALLY;

  static Changed between(Incident before, Incident after) {
    if (!isSameBut(before, after)) {
      return MATERIALLY;
    }
    List<TimelineEntry> was = entries(before);
    List<TimelineEntry> is = entries(after);
    if (was.equals(is) && before.lastSignalAt().equals(after.lastSignalAt())) {
      return NOTHING;
    }
    if (was.size() != is.size()) {
      return MATERIALLY;
    }
    for (int i = 0; i < was.size(); i++) {
      if (!isSameButCounts(was.get(i), is.get(i))) {
        return MATERIALLY;
      }
    }
    return COUNTS;
  }

  private static List<TimelineEntry> entries(Incident incident) {
    List<TimelineEntry> entries = incident.timeline();
    return entries == null ? List.of() : entries;
  }

  /** But for the timeline, the time of the last signal, revision and time of updating. */
  private static boolean isSameBut(Incident a, Incident b) {
    return a.id().equals(b.id())
        && a.cluster().equals(b.cluster())
        && a.state() == b.state()
        && a.severity() == b.severity()
        && a.title().equals(b.title())
        && a.firstSignalAt().equals(b.firstSignalAt())
        && a.openedAt().equals(b.openedAt())
        && Objects.equals(a.resolvedAt(), b.resolvedAt())
        && a.reopened() == b.reopened()
        && Objects.equals(a.mergedInto(), b.mergedInto())
        && a.impact().equals(b.impact())
        && a.hypotheses().equals(b.hypotheses())
        && a.feed().equals(b.feed());
  }

  private static boolean isSameButCounts(TimelineEntry a, TimelineEntry b) {
    return a.id().equals(b.id())
        && a.at().equals(b.at())
        && a.source() == b.source()
        && a.entity().equals(b.entity())
        && a.what().equals(b.what())
        && a.message().equals(b.message())
        && a.role() == b.role()
        && Objects.equals(a.severity(), b.severity())
        && Objects.equals(a.summary(), b.summary())
        && Objects.equals(a.description(), b.description())
        && Objects.equals(a.runbookUrl(), b.runbookUrl())
        && Objects.equals(a.generatorUrl(), b.generatorUrl());
  }
}
