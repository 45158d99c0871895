package io.causeline.correlator.core;

import io.causeline.correlator.core.Reading.Opening;
import io.causeline.model.EntityRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the states that made a change an entry ended: the first moment at which none of them holds,
 * unless one does again so soon that it would be the same incident. A function of the topology; how
 * far it was looked through is remembered, so that each moment is judged once.
 */
final class StateEnds {

  private final Topology topology;
  private final LocusStates states;
  private final Duration apart;
  private final Duration keep;
  private final Map<String, Progress> progress = new HashMap<>();

  /**
   * How far the topology was looked through.
   *
   * @param end since when no state holds; null while one does
   */
  private record Progress(Instant until, @Nullable Instant end) {}

  StateEnds(Topology topology, LocusStates states, CoreSettings settings) {
    this.topology = topology;
    this.states = states;
    this.apart = settings.resolveHold().plus(settings.reopenWindow());
    this.keep = settings.contextWindow();
  }

  /** Since when it is over; null while it lasts. */
  @Nullable Instant of(Episode episode, Instant now) {
    Opening opening = episode.state().reading().opening();
    Instant known = episode.state().overAt();
    if (opening == null || (known != null && known.plus(apart).isBefore(now))) {
      return known;
    }
    Progress at = progress.get(episode.id());
    if (at == null) {
      Instant remembered = now.minus(keep);
      at = new Progress(opening.from().isBefore(remembered) ? remembered : opening.from(), null);
    }
    EntityRef entity = episode.entity();
    for (Instant moment : topology.moments(entity.namespace(), at.until())) {
      Instant end = at.end();
      if (end != null && moment.isAfter(end.plus(apart))) {
        break;
      }
      boolean holds = holds(opening, entity, moment);
      at = new Progress(moment, holds ? null : end == null ? moment : end);
    }
    progress.put(episode.id(), at);
    return at.end();
  }

  private boolean holds(Opening opening, EntityRef entity, Instant moment) {
    return topology.existed(entity, moment)
        && opening.states().stream().anyMatch(state -> states.holds(state, entity, entity, moment));
  }

  /** Something that the states depend on is told anew since {@code time}. */
  void touched(Episode episode, Instant time) {
    Progress at = progress.get(episode.id());
    if (at != null && !time.isAfter(at.until())) {
      progress.remove(episode.id());
    }
  }

  void forget(Episode episode) {
    progress.remove(episode.id());
  }
}
