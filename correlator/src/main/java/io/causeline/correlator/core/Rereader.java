package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads entries anew when the topology tells more of what they looked at, unless they are so old
 * that they are frozen.
 */
final class Rereader {

  private final EpisodeStore episodes;
  private final SignalReader reader;
  private final StateEnds stateEnds;
  private final Duration context;

  Rereader(EpisodeStore episodes, SignalReader reader, StateEnds stateEnds, CoreSettings settings) {
    this.episodes = episodes;
    this.reader = reader;
    this.stateEnds = stateEnds;
    this.context = settings.contextWindow();
  }

  /**
   * What must be computed anew.
   *
   * @param concerned with all that they touch
   * @param due by themselves
   */
  record Effect(Set<Episode> concerned, Set<Episode> due) {}

  /**
   * Reads anew what looked at these objects.
   *
   * @param since the earliest time at which the topology may say something else now
   */
  Effect touched(Collection<EntityRef> touched, Instant since, Instant now) {
    Effect effect = new Effect(new LinkedHashSet<>(), new LinkedHashSet<>());
    Set<EntityRef> watched = new LinkedHashSet<>();
    for (EntityRef entity : touched) {
      for (Episode episode : List.copyOf(episodes.visiting(entity))) {
        reread(episode, now, effect);
      }
      for (Episode episode : episodes.about(entity)) {
        if (episode.isMember() && episode.state().overAt() == null) {
          effect.due().add(episode);
        }
      }
      watched.addAll(Watch.touchedBy(entity));
    }
    for (EntityRef each : watched) {
      for (Episode episode : List.copyOf(episodes.visiting(each))) {
        Reading reading = episode.state().reading();
        if (!reading.dependsUntil(episode.first()).isBefore(since)) {
          reread(episode, now, effect);
        }
        if (reading.opening() != null) {
          ended(episode, since, now, effect);
        }
      }
    }
    return effect;
  }

  private void reread(Episode episode, Instant now, Effect effect) {
    if (!episode.last().isBefore(now.minus(context))) {
      boolean member = episode.isMember();
      if (episodes.reread(episode, reader::read) || member) {
        effect.concerned().add(episode);
      }
    }
  }

  private void ended(Episode episode, Instant since, Instant now, Effect effect) {
    stateEnds.touched(episode, since);
    if (!Objects.equals(stateEnds.of(episode, now), episode.state().overAt())) {
      effect.due().add(episode);
    }
  }
}
