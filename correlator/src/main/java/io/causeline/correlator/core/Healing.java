package io.causeline.correlator.core;

import io.causeline.model.Incident.Source;
import io.causeline.model.ObjectSnapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When an entry is over: an alert by its resolve, a change with the state that it left, an event by
 * a recovery, by its object having become ready or being gone, or by silence. Effects are dated by
 * what ended it, not by when that was noticed.
 */
final class Healing {

  private final EpisodeStore episodes;
  private final Topology topology;
  private final StateEnds stateEnds;

  Healing(EpisodeStore episodes, Topology topology, StateEnds stateEnds) {
    this.episodes = episodes;
    this.topology = topology;
    this.stateEnds = stateEnds;
  }

  /**
   * The end of an entry.
   *
   * @param at when it was over; null while it is not
   * @param deadline when silence will end it; null if silence cannot
   */
  record End(@Nullable Instant at, @Nullable Instant deadline) {

    boolean isOver() {
      return at != null;
    }
  }

  End of(Episode episode, Instant now) {
    if (episode.source() == Source.ALERT) {
      return new End(alertEnd(episode), null);
    }
    if (episode.source() == Source.CHANGE) {
      return changeEnd(episode, now);
    }
    Instant silence = episode.last().plus(episode.state().quiet());
    Instant end = Times.earliest(healed(episode).orElse(null), episode.state().overAt());
    if (!silence.isAfter(now)) {
      // Also where a later recovery came to be known before that.
      end = Times.earliest(end, silence);
    }
    if (end != null && end.isAfter(now)) {
      // Seen by a feed that is ahead of the clock: not yet.
      return new End(null, end);
    }
    if (end != null) {
      episodes.over(episode, end);
    }
    return new End(end, end == null ? silence : null);
  }

  /** A change is over when the states that made it an entry are. */
  private End changeEnd(Episode episode, Instant now) {
    Instant end = stateEnds.of(episode, now);
    if (end != null && end.isAfter(now)) {
      return new End(null, end);
    }
    episodes.over(episode, end);
    return new End(end, null);
  }

  /** Whether the object is known to be well at {@code time}: a pod that is Ready all the same. */
  boolean isWell(Episode episode, Instant time) {
    if (!episode.entity().kind().equals("Pod") || episode.source() == Source.CHANGE) {
      return false;
    }
    ObjectSnapshot pod = topology.asOf(episode.entity(), time);
    return pod != null && "True".equals(pod.attribute(ObjectSnapshot.Attributes.READY));
  }

  private @Nullable Instant alertEnd(Episode episode) {
    Episode.Alert alert = episode.state().alert();
    Instant end = alert == null ? null : alert.endsAt();
    if (end == null) {
      for (Episode other : episodes.withKey(episode.key())) {
        if (other.first().isAfter(episode.first())) {
          end = Times.earliest(end, other.first());
        }
      }
    }
    if (end == null && !episode.entity().kind().equals("Node")) {
      // A new object of the same name takes the alert over.
      end =
          topology
              .goneAfter(episode.entity(), null, episode.first())
              .filter(gone -> !topology.isPresent(episode.entity()))
              .orElse(null);
    }
    return end == null || end.isAfter(episode.first()) ? end : episode.first();
  }

  private Optional<Instant> healed(Episode episode) {
    Instant last = episode.last();
    Instant end = recovery(episode);
    String kind = episode.entity().kind();
    if (kind.equals("Pod") || kind.equals("Node")) {
      end = Times.earliest(end, topology.readyAfter(episode.entity(), last).orElse(null));
    }
    String uid = kind.equals("Node") ? null : episode.state().entityUid();
    end = Times.earliest(end, topology.goneAfter(episode.entity(), uid, last).orElse(null));
    return Optional.ofNullable(end);
  }

  /** A recovery on the same object, or at the very place where the cause would sit. */
  private @Nullable Instant recovery(Episode episode) {
    Instant end = null;
    for (Vote vote : episode.votes()) {
      if (!vote.supports() || vote.state()) {
        continue;
      }
      Set<Episode> recoveries = episodes.recoveries(vote.hypothesis());
      if (!recoveries.isEmpty()) {
        end = Times.earliest(end, earliest(episodes.about(episode.entity()), recoveries, episode));
        end = Times.earliest(end, earliest(episodes.about(vote.locus()), recoveries, episode));
      }
    }
    return end;
  }

  /**
   * The first time at which any of {@code here} told of a recovery since {@code since} was last.
   */
  private static @Nullable Instant earliest(
      Set<Episode> here, Set<Episode> recoveries, Episode since) {
    Instant end = null;
    for (Episode other : here) {
      if (recoveries.contains(other)) {
        end = Times.earliest(end, other.sightings().times().firstSince(since.last()));
      }
    }
    return end;
  }
}
