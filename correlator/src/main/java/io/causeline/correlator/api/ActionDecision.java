package io.causeline.correlator.api;

import io.causeline.correlator.core.ConfirmedPlace;
import io.causeline.model.Command.Action;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Source;
import io.causeline.model.Incident.State;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
  static ActionDecision of(
      Incident incident, boolean remembered, ActionRequest request, String commandId) {
    Action action = request.action();
    if (wasDone(incident, commandId)) {
      return new ActionDecision(Verdict.DONE_BEFORE, "the same request was carried out before");
    }
    String name = "incident " + incident.id();
    if (!remembered) {
      return conflict(name + " ended too long ago to be changed");
    }
    State state = incident.state();
    if (state == State.MERGED && action != Action.COMMENT && action != Action.SPLIT) {
      return conflict(
          name + " was merged into " + incident.mergedInto() + ": " + action.word() + " that one");
    }
    if (action == Action.REOPEN && state.active()) {
      return conflict(name + " is " + state.word() + ": there is nothing to reopen");
    }
    if (action == Action.ACKNOWLEDGE && state == State.RESOLVED) {
      return conflict(name + " is resolved: reopen it first");
    }
    if (action == Action.SPLIT && state != State.MERGED) {
      return split(incident, request);
    }
    return new ActionDecision(Verdict.ACCEPTED, action.word() + " is possible");
  }

  /** Whether these entries can be taken out of an incident. */
  private static ActionDecision split(Incident incident, ActionRequest request) {
    List<String> entries = request.about() == null ? List.of() : request.about().entries();
    Set<String> known = new HashSet<>();
    List<Incident.TimelineEntry> timeline = incident.timeline();
    if (timeline != null) {
      timeline.stream()
          .filter(e -> e.role() == Incident.Role.CAUSE || e.role() == Incident.Role.SYMPTOM)
          .forEach(e -> known.add(e.id()));
    }
    List<String> strange = entries.stream().filter(e -> !known.contains(e)).toList();
    if (entries.isEmpty()) {
      return conflict(
          "incident "
              + incident.id()
              + " was not merged: a split needs 'entries', the ids of the timeline entries that"
              + " become an incident of their own");
    }
    if (!strange.isEmpty()) {
      return conflict(
          "no cause or symptom of incident " + incident.id() + " has the id " + strange.get(0));
    }
    if (new HashSet<>(entries).size() == known.size()) {
      return conflict("these are all of its entries: nothing would be left to split from");
    }
    return new ActionDecision(Verdict.ACCEPTED, "split is possible");
  }

  /** Whether one incident can be merged into the other. */
  static ActionDecision into(Incident incident, Incident into) {
    if (incident.id().equals(into.id())) {
      return conflict("incident " + incident.id() + " cannot be merged into itself");
    }
    if (!incident.cluster().equals(into.cluster())) {
      return conflict("incidents of two clusters have no cause in common: merge within one");
    }
    if (into.state() == State.MERGED) {
      return conflict(
          "incident " + into.id() + " was merged into " + into.mergedInto() + ": name that one");
    }
    if (into.state() == State.RESOLVED) {
      return conflict("incident " + into.id() + " is resolved: reopen it first");
    }
    return new ActionDecision(Verdict.ACCEPTED, "merge is possible");
  }

  /** Whether a cause can sit in anything that the incident is about. */
  static ActionDecision cause(Incident incident, String locusKind, String cause) {
    return ConfirmedPlace.of(cause, locusKind, incident).isPresent()
        ? new ActionDecision(Verdict.ACCEPTED, "the cause has a place")
        : conflict(
            "cause '"
                + cause
                + "' sits in a "
                + locusKind
                + ", and nothing that incident "
                + incident.id()
                + " is about is one");
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
