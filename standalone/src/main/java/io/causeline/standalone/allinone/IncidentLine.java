package io.causeline.standalone.allinone;

import io.causeline.model.Incident;
import io.causeline.model.Json;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Says in one line what became of an incident, when that is news. Pure but for what it said last.
 */
public final class IncidentLine {

  private final Map<String, String> said = new HashMap<>();

  /** The line; empty if nothing that a person would want to read in a line has changed. */
  public Optional<String> of(Incident incident) {
    Incident.Hypothesis best = incident.best();
    String news =
        incident.state().word() + best.cause() + best.locus() + incident.severity().word();
    String before = said.put(incident.id(), news);
    if (news.equals(before)) {
      return Optional.empty();
    }
    String verb =
        switch (incident.state()) {
          case RESOLVED -> "RESOLVED";
          case MERGED -> "MERGED into " + incident.mergedInto();
          case ACKNOWLEDGED -> "ACKNOWLEDGED";
          case OPEN -> before == null ? "OPENED" : "CHANGED";
        };
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s  %-8s  %s  [%s]  %s (%s, %.0f%%)",
            Json.time(incident.updatedAt()),
            verb,
            incident.id(),
            incident.severity().word(),
            incident.title(),
            best.cause(),
            best.confidence() * 100));
  }
}
