package io.causeline.correlator.core;

import io.causeline.correlator.core.Reading.Opening;
import io.causeline.correlator.knowledge.ChangeRule;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.correlator.knowledge.StateKind;
import io.causeline.model.EntityRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a change may open an incident by itself: by the rules that match it, each judged by the
 * state of its object some time after the change, and not before that time has come.
 */
final class ChangeJudge {

  private final Knowledge knowledge;
  private final Topology topology;
  private final LocusStates states;
  private final boolean atOnce;
  private final Supplier<Instant> clock;

  ChangeJudge(
      Knowledge knowledge,
      Topology topology,
      LocusStates states,
      CoreSettings settings,
      Supplier<Instant> clock) {
    this.knowledge = knowledge;
    this.topology = topology;
    this.states = states;
    this.atOnce = settings.openAtOnce();
    this.clock = clock;
  }

  /**
   * What came of it so far.
   *
   * @param next when a rule is to be judged that could not be yet
   * @param visited what the judgement hangs on
   */
  record Judgement(@Nullable Opening opening, @Nullable Instant next, Set<EntityRef> visited) {
    static final Judgement NONE = new Judgement(null, null, Set.of());
  }

  Judgement judge(Episode.State change) {
    if (change.change() == null) {
      return Judgement.NONE;
    }
    Instant now = clock.get();
    List<StateKind> held = new ArrayList<>();
    Instant from = null;
    Instant next = null;
    Set<EntityRef> visited = new LinkedHashSet<>();
    for (ChangeRule rule : knowledge.changeRules(change.change())) {
      if (!SignalReader.matches(rule.matcher(), change)) {
        continue;
      }
      visited.add(change.entity());
      Instant at = judgedAt(change, rule.after());
      if (at.isAfter(now)) {
        next = Times.earliest(next, at);
      } else {
        LocusStates.Answer state = states.read(rule.state(), change.entity(), change.entity(), at);
        visited.addAll(state.visited());
        if (state.holds() && topology.at(change.entity(), at) != null) {
          held.add(rule.state());
          from = Times.earliest(from, at);
        }
      }
    }
    Opening opening =
        from == null ? null : new Opening(held.stream().distinct().sorted().toList(), from);
    return new Judgement(opening, next, visited);
  }

  /** Not before it was seen; at once where a person asks about what is there now. */
  private Instant judgedAt(Episode.State change, Duration after) {
    Instant at = change.first().plus(after);
    return atOnce || at.isBefore(change.seenAt()) ? change.seenAt() : at;
  }
}
