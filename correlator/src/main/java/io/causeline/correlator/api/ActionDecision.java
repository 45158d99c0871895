package io.causeline.correlator.api;

import io.causeline.model.Command.Action;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Source;
import io.causeline.model.Incident.State;
import java.util.List;

/**
 * Whether an action can be done to an incident.
 *
 * @param reason for people
 */
record ActionDecision(Verdict verdict, String reason) {

  /** What becomes of it. */
  enum Verdict {
    /** It is written as a command. */
    ACCEPTED,
    /** The same command was done before: a retry. */
    DONE_BEFORE,
    /** It cannot be done. */
    CONFLICT
  }

  /**
   * Decides.
   *
   * @param remembered whether the correlation still knows the incident
   * @param commandId of the command that would be written
   */
  static ActionDecision of(Incident incident, boolean remembered, Action action, String commandId) {
    if (wasDone(incident, commandId)) {
      return new ActionDecision(Verdict.DONE_BEFORE, "the same request was carried out before");
    }
    String name = "incident " + incident.id();
    if (!remembered) {
      return conflict(name + " ended too long ago to be changed");
    }
    State state = incident.state();
    if (state == State.MERGED && action != Action.COMMENT) {
      return conflict(
          name + " was merged into " + incident.mergedInto() + ": " + action.word() + " that one");
    }
    if (action == Action.REOPEN && state.active()) {
      return conflict(name + " is " + state.word() + ": there is nothing to reopen");
    }
    if (action == Action.ACKNOWLEDGE && state == State.RESOLVED) {
      return conflict(name + " is resolved: reopen it first");
    }
    return new ActionDecision(Verdict.ACCEPTED, action.word() + " is possible");
  }

  private static boolean wasDone(Incident incident, String commandId) {
    List<Incident.TimelineEntry> timeline = incident.timeline();
    return timeline != null
        && timeline.stream().anyMatch(e -> e.source() == Source.ACTION && e.id().equals(commandId));
  }

  private static ActionDecision conflict(String reason) {
    return new ActionDecision(Verdict.CONFLICT, reason);
  }
}
