package io.causeline.correlator.streams;

import io.causeline.correlator.core.ClusterCorrelator;
import io.causeline.correlator.core.Outcome;
import io.causeline.correlator.core.StateRecord;
import io.causeline.model.Command;
import io.causeline.model.Incident;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Instant;
import java.util.List;

/**
 * What the topology needs of one cluster's core. Not thread-safe; after an exception from any
 * method the instance is broken and must be restored from what was stored.
 */
public interface Correlation {

  /** Applies a signal. */
  Outcome apply(Signal signal);

  /** Applies a record of the topology. */
  Outcome apply(TopologyRecord record);

  /** Applies what a person decided. */
  Outcome apply(Command command);

  /** The incidents that have materially changed since the last call. */
  List<Incident> publish();

  /**
   * Of those only what opens an incident at once and what people did; all else waits for the next
   * {@link #publish()}.
   */
  List<Incident> publishUrgent();

  /** All incidents that are remembered, as they were last published. */
  List<Incident> incidents();

  /** The state records that changed since the last call. */
  List<StateRecord> takeWrites();

  /** The cluster's clock. */
  Instant clock();

  /** What is known of the feeds now. */
  Incident.Feed feed();

  /** Makes instances. */
  interface Factory {

    /**
     * A cluster as it was stored; without records, one of which nothing is known yet.
     *
     * @param published the latest snapshots of its incidents
     */
    Correlation restore(
        String cluster, List<StateRecord> records, ClusterCorrelator.Snapshots published);

    /**
     * Version of the knowledge that instances made now read by. Those made before it changed are to
     * be restored anew.
     */
    default String knowledge() {
      return "";
    }
  }
}
