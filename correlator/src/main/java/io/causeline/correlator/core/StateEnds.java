package io.causeline.correlator.core;

import io.causeline.correlator.core.Reading.Opening;
import io.causeline.model.EntityRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When the states that made a change an entry ended: the first moment at which none of them holds,
 * unless one does again so soon that it would be the same incident. A function of the topology: it
 * is asked for each moment at which something changed that the states hang on, and once only.
 */
final class StateEnds {

  private final Topology topology;
  private final LocusStates states;
  private final Duration apart;
  private final Duration keep;
  private final Map<String, Progress> progress = new HashMap<>();

  /** How far the moments were looked through. */
  private static final class Progress {
    private final NavigableSet<Instant> moments;
    private @Nullable Instant until;

    /** Since when no state holds; null while one does. */
    private @Nullable Instant end;

    Progress(NavigableSet<Instant> moments) {
      this.moments = moments;
    }

    NavigableSet<Instant> leftAfter(Instant time) {
      return moments.tailSet(until == null || until.isBefore(time) ? time : until, false);
    }

    void add(Instant moment) {
      moments.add(moment);
      if (until != null && !moment.isAfter(until)) {
        until = null;
        end = null;
      }
    }
  }

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
      progress.remove(episode.id());
      return known;
    }
    EntityRef entity = episode.entity();
    Instant remembered = now.minus(keep);
    Instant from = opening.from().isBefore(remembered) ? remembered : opening.from();
    Progress at =
        progress.computeIfAbsent(
            episode.id(),
            id -> new Progress(new TreeSet<>(topology.moments(entity.namespace(), from))));
    for (Instant moment : at.leftAfter(from)) {
      if (at.end != null && moment.isAfter(at.end.plus(apart))) {
        break;
      }
      if (holds(opening, entity, moment)) {
        at.end = null;
      } else if (at.end == null) {
        at.end = moment;
      }
      at.until = moment;
    }
    at.moments.headSet(remembered).clear();
    return at.end;
  }

  private boolean holds(Opening opening, EntityRef entity, Instant moment) {
    return topology.at(entity, moment) != null
        && opening.states().stream().anyMatch(state -> states.holds(state, entity, entity, moment));
  }

  /** Something that the states hang on changed. */
  void touched(Episode episode, Instant moment) {
    Progress at = progress.get(episode.id());
    if (at != null) {
      at.add(moment);
    }
  }

  void forget(Episode episode) {
    progress.remove(episode.id());
  }
}
