package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import io.causeline.model.TopologyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** A topology to read states off, ten minutes after noon. */
final class StatesBench {

  static final Instant NOW = Seen.NOON.plusSeconds(600);

  final Topology topology = new Topology(Duration.ofMinutes(30));
  private final LocusStates states = new LocusStates(topology);

  StatesBench see(Seen... objects) {
    for (Seen object : objects) {
      topology.apply(object.present());
    }
    return this;
  }

  StatesBench see(TopologyRecord record) {
    topology.apply(record);
    return this;
  }

  boolean holds(StateKind state, EntityRef locus) {
    return states.holds(state, locus, locus, NOW);
  }

  boolean holds(StateKind state, Seen locus) {
    return holds(state, locus.entity());
  }

  boolean holdsOf(StateKind state, String virtualKind, EntityRef signalsObject) {
    return states.holds(state, EntityRef.singleton(virtualKind), signalsObject, NOW);
  }

  Set<EntityRef> visited(StateKind state, EntityRef locus) {
    return states.read(state, locus, locus, NOW).visited();
  }

  /** All that hold. */
  Set<StateKind> all(EntityRef locus) {
    Set<StateKind> all = EnumSet.noneOf(StateKind.class);
    for (StateKind state : StateKind.values()) {
      if (holds(state, locus)) {
        all.add(state);
      }
    }
    return all;
  }
}
