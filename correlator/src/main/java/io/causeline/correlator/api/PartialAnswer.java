package io.causeline.correlator.api;

import java.util.Map;

/** What one correlator answers from the partitions that it was asked for. */
sealed interface PartialAnswer permits PartialList, PartialFind {

  /** Partitions that were read, with how many changes each lacks. */
  Map<Integer, Long> answered();

  /** Partitions that could not be read, with the reason. */
  Map<Integer, String> refused();
}
