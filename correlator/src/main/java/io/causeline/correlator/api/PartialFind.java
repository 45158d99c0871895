package io.causeline.correlator.api;

import io.causeline.model.Incident;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one correlator answers to an id, from the partitions that it was asked for.
 *
 * @param incident null if none of them has it
 * @param partition where it is; meaningless without it
 * @param remembered whether the core still knows it, so that people can act on it
 */
record PartialFind(
    @Nullable Incident incident,
    int partition,
    boolean remembered,
    Map<Integer, Long> answered,
    Map<Integer, String> refused)
    implements PartialAnswer {

  PartialFind {
    answered = answered == null ? Map.of() : Map.copyOf(answered);
    refused = refused == null ? Map.of() : Map.copyOf(refused);
  }
}
