package io.causeline.bridge.chat;

import io.causeline.model.Incident;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A material change of an incident: what people want to be told, not just shown. */
public sealed interface Change {

  /** Its word in metrics and logs. */
  String word();

  /**
   * Whether it is told at once and on every channel. A quiet one may wait a little, since the next
   * signals may take it back.
   */
  default boolean loud() {
    return true;
  }

  /** Another hypothesis stands first. */
  record HypothesisChanged(String before, String after, int percent) implements Change {
    @Override
    public String word() {
      return "hypothesis";
    }

    @Override
    public boolean loud() {
      return false;
    }
  }

  /** It got worse. */
  record SeverityRaised(Severity before, Severity after) implements Change {
    @Override
    public String word() {
      return "severity";
    }
  }

  /** Objects of kinds that were not hit before are hit. */
  record NewlyHit(List<String> kinds) implements Change {
    @Override
    public String word() {
      return "newly-hit";
    }

    @Override
    public boolean loud() {
      return false;
    }
  }

  /** Someone has taken it on. */
  record Acknowledged() implements Change {
    @Override
    public String word() {
      return "acknowledged";
    }

    @Override
    public boolean loud() {
      return false;
    }
  }

  /** It is over. */
  record Resolved(Duration lasted) implements Change {
    @Override
    public String word() {
      return "resolved";
    }
  }

  /** It came back. */
  record Reopened(int times) implements Change {
    @Override
    public String word() {
      return "reopened";
    }
  }

  /** Another incident took it over. */
  record Merged(String into) implements Change {
    @Override
    public String word() {
      return "merged";
    }
  }

  /** A merge was undone. */
  record SplitOff() implements Change {
    @Override
    public String word() {
      return "split";
    }
  }

  /** What is to be told of an incident to people who know {@code told}, the weightiest first. */
  static List<Change> between(Facts told, Incident now) {
    List<Change> changes = new ArrayList<>();
    if (now.state() == State.MERGED) {
      String into = now.mergedInto() == null ? "" : now.mergedInto();
      if (told.state() != State.MERGED || !into.equals(told.mergedInto())) {
        changes.add(new Merged(into));
      }
      return changes;
    }
    if (told.state() == State.MERGED) {
      changes.add(new SplitOff());
    }
    boolean cameBack = told.state() == State.RESOLVED && now.state().active();
    if (cameBack || now.reopened() > told.reopened()) {
      changes.add(new Reopened(now.reopened()));
    }
    if (now.severity().compareTo(told.severity()) < 0) {
      changes.add(new SeverityRaised(told.severity(), now.severity()));
    }
    Facts facts = told.then(now);
    if (!facts.cause().equals(told.cause()) || !facts.locus().equals(told.locus())) {
      changes.add(
          new HypothesisChanged(
              told.causeTitle(), facts.causeTitle(), IncidentCard.percent(now.best())));
    }
    if (now.state().active()) {
      List<String> newKinds =
          facts.kinds().stream().filter(kind -> !told.kinds().contains(kind)).toList();
      if (!newKinds.isEmpty()) {
        changes.add(new NewlyHit(newKinds));
      }
    }
    if (now.state() == State.ACKNOWLEDGED && told.state() != State.ACKNOWLEDGED) {
      changes.add(new Acknowledged());
    }
    if (now.state() == State.RESOLVED
        && (told.state() != State.RESOLVED || now.reopened() > told.reopened())) {
      changes.add(new Resolved(IncidentCard.lasted(now)));
    }
    return changes;
  }
}
