package io.causeline.correlator.api;

import io.causeline.correlator.streams.ClusterTroubles;
import io.causeline.correlator.streams.IncidentReader;
import io.causeline.correlator.streams.LocalPartitions;
import io.causeline.correlator.streams.StoredSamples;
import io.causeline.model.Incident;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Partitions of a process, with incidents in stores of their own. */
final class FakePartitions implements LocalPartitions {

  private final Map<Integer, Look> looks = new HashMap<>();

  FakePartitions holding(int partition, Incident... incidents) {
    return holding(partition, 0, incidents);
  }

  FakePartitions holding(int partition, long behind, Incident... incidents) {
    looks.put(partition, new Held(reader(incidents), behind));
    return this;
  }

  FakePartitions refusing(int partition, String reason) {
    looks.put(partition, new Refused(reason));
    return this;
  }

  private static IncidentReader reader(Incident... incidents) {
    return StoredSamples.reader(List.of(incidents), new ClusterTroubles());
  }

  @Override
  public Look partition(int partition) {
    return looks.getOrDefault(partition, new Refused("it is not here"));
  }
}
