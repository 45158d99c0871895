package io.causeline.correlator.api;

import io.causeline.model.ClusterName;
import io.causeline.model.Incident.State;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which changes a stream shows; empty sets take any. Removals of any state are shown. */
record ChangeFilter(Set<String> clusters, Set<State> states) {

  static ChangeFilter of(Map<String, List<String>> given) {
    Parameters parameters = Parameters.of(given, Set.of("cluster", "state"));
    Set<String> clusters = parameters.several("cluster");
    for (String cluster : clusters) {
      if (!ClusterName.isValid(cluster)) {
        throw Parameters.bad("cluster", cluster, "a cluster's name");
      }
    }
    return new ChangeFilter(clusters, parameters.words("state", State.values(), State::word));
  }

  boolean takes(Change change) {
    State state = change.state();
    return (clusters.isEmpty() || clusters.contains(change.cluster()))
        && (state == null || states.isEmpty() || states.contains(state));
  }
}
