package io.causeline.correlator.core;

import io.causeline.model.Command;
import io.causeline.model.Incident;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people's commands make of an incident's life. Their word outranks the algorithm until
 * something new happens: an entry that begins after a person resolved it opens it again.
 *
 * @param resolvedAt null unless resolved
 */
record Decisions(Incident.State state, @Nullable Instant resolvedAt) {

  static Decisions of(Life life, List<Command> commands, List<Episode> members) {
    Command resolved = null;
    Command reopened = null;
    Command acknowledged = null;
    for (Command command : commands) {
      switch (command.action()) {
        case RESOLVE -> {
          resolved = command;
          reopened = null;
        }
        case REOPEN -> {
          reopened = command;
          resolved = null;
          acknowledged = null;
        }
        case ACKNOWLEDGE -> acknowledged = command;
        case COMMENT, MERGE, SPLIT, CONFIRM_CAUSE, REJECT_CAUSE -> {}
      }
    }
    Instant natural = life.resolvedAt();
    if (resolved != null && !anyBeganAfter(members, resolved.at())) {
      Instant at = natural != null && natural.isBefore(resolved.at()) ? natural : resolved.at();
      return new Decisions(Incident.State.RESOLVED, at);
    }
    if (natural != null && (reopened == null || natural.isAfter(reopened.at()))) {
      return new Decisions(Incident.State.RESOLVED, natural);
    }
    return new Decisions(
        acknowledged == null ? Incident.State.OPEN : Incident.State.ACKNOWLEDGED, null);
  }

  private static boolean anyBeganAfter(List<Episode> members, Instant time) {
    return members.stream().anyMatch(member -> member.first().isAfter(time));
  }
}
