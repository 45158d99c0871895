package io.causeline.standalone.command;

import io.causeline.model.Incident;
import java.util.List;

/** Incidents as {@code diagnose} prints them, for tests of other packages. */
public final class ShownIncidents {

  private ShownIncidents() {}

  /** The page. */
  public static String page(List<Incident> incidents) {
    return IncidentText.of(incidents);
  }
}
