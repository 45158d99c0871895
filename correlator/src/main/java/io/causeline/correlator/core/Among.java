package io.causeline.correlator.core;

import io.causeline.correlator.core.Component.Ballot;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The entries over which hypotheses are scored, most often all of a component: so arranged that a
 * hypothesis looks only at those that say anything of it.
 */
final class Among {

  private final Component component;

  private final boolean all;

  /** Empty for all members, which the component knows itself. */
  private final Map<Vote.Hypothesis, List<Ballot>> ballots;

  private final Set<Episode> episodes;

  /** How many entries say it. */
  private final Map<Saying, Integer> sayings = new HashMap<>();

  /** Entries that say the same of objects of one kind. */
  record Saying(String kind, String what) {}

  /**
   * Arranges entries.
   *
   * @param among by time; they may be of other components, too
   */
  Among(Component component, Collection<Episode> among) {
    this.component = component;
    this.all = component.isAll(among);
    this.episodes = all ? Set.of() : new HashSet<>(among);
    this.ballots = all ? Map.of() : component.ballots(among);
    for (Episode episode : among) {
      sayings.merge(saying(episode), 1, Integer::sum);
    }
  }

  Component component() {
    return component;
  }

  static Saying saying(Episode episode) {
    return new Saying(episode.entity().kind(), episode.state().what());
  }

  /** What these say of a hypothesis, in their order. */
  List<Ballot> on(Vote.Hypothesis hypothesis) {
    return all ? component.on(hypothesis) : ballots.getOrDefault(hypothesis, List.of());
  }

  /** What the component's other members say of it. */
  List<Ballot> othersOn(Vote.Hypothesis hypothesis) {
    return all
        ? List.of()
        : component.on(hypothesis).stream()
            .filter(ballot -> !episodes.contains(ballot.episode()))
            .toList();
  }

  /**
   * How much is said of which not all is explained.
   *
   * @param explained how many entries of each are explained
   */
  int unexplained(Map<Saying, Integer> explained) {
    int whole = 0;
    for (Map.Entry<Saying, Integer> entry : explained.entrySet()) {
      if (entry.getValue().equals(sayings.get(entry.getKey()))) {
        whole++;
      }
    }
    return sayings.size() - whole;
  }
}
