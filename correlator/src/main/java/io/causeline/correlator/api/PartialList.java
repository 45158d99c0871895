package io.causeline.correlator.api;

import io.causeline.model.Incident;
import java.util.List;
import java.util.Map;

/**
 * What one correlator answers of a list, from the partitions that it was asked for.
 *
 * @param incidents newest first
 * @param more whether others follow in these partitions
 * @param answered partitions that were read, with how many changes each lacks
 * @param refused partitions that could not be read, with the reason
 */
record PartialList(
    List<Incident> incidents,
    boolean more,
    Map<Integer, Long> answered,
    Map<Integer, String> refused)
    implements PartialAnswer {

  PartialList {
    incidents = incidents == null ? List.of() : List.copyOf(incidents);
    answered = answered == null ? Map.of() : Map.copyOf(answered);
    refused = refused == null ? Map.of() : Map.copyOf(refused);
  }
}
