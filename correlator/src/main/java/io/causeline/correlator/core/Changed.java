package io.causeline.correlator.core;

import io.causeline.model.Incident;
import io.causeline.model.Incident.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How two states of an incident differ. */
enum Changed {
  /** In nothing but revision and times of updating. */
  NOTHING,
  /** Only in how often and how long things were seen. */
  COUNTS,
  /** In something that people want to know at once. */
  MATERIALLY;

  static Changed between(Incident before, Incident after) {
    if (plain(before, false).equals(plain(after, false))) {
      return NOTHING;
    }
    return plain(before, true).equals(plain(after, true)) ? COUNTS : MATERIALLY;
  }

  private static Incident plain(Incident incident, boolean withoutCounts) {
    List<TimelineEntry> entries = incident.timeline();
    return Revisions.copy(
        incident,
        withoutCounts ? Instant.EPOCH : incident.lastSignalAt(),
        Instant.EPOCH,
        0,
        withoutCounts && entries != null ? plain(entries) : entries);
  }

  private static List<TimelineEntry> plain(List<TimelineEntry> entries) {
    List<TimelineEntry> out = new ArrayList<>();
    for (TimelineEntry e : entries) {
      out.add(
          new TimelineEntry(
              e.id(),
              e.at(),
              Instant.EPOCH,
              0,
              e.source(),
              e.entity(),
              e.what(),
              e.message(),
              e.role(),
              e.severity(),
              e.summary(),
              e.description(),
              e.runbookUrl(),
              e.generatorUrl()));
    }
    return out;
  }
}
