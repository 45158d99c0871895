package io.causeline.bridge.chat;

import io.causeline.bridge.chat.NotificationState.Fate;
import io.causeline.bridge.chat.NotificationState.Posted;
import io.causeline.model.Incident;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what to do about an incident in a channel. Pure: the same input, the same answer. */
public final class NotificationDecision {

  /**
   * A message is edited for what is not material (a confidence, one more pod) at most this often.
   */
  static final Duration EDIT_SPACING = Duration.ofSeconds(10);

  /** Quiet changes are told at most this often. */
  static final Duration QUIET_SPACING = Duration.ofSeconds(30);

  private NotificationDecision() {}

  /** What to do. */
  public enum Action {
    /** Send the incident's message. */
    POST,
    /** Change it in place. */
    EDIT,
    /** Tell what changed in its thread; the message shows it already, or can't be edited. */
    REPLY,
    /** Change it in place, then tell what changed in its thread. */
    REPLY_AND_EDIT,
    /** Say in a message of its own what changed: the channel can do no better. */
    FOLLOW_UP,
    /** Leave it. */
    NOTHING
  }

  /** Why; a label of metrics. */
  public enum Reason {
    NEW_INCIDENT("new-incident"),
    OVER_BEFORE_TOLD("over-before-told"),
    MESSAGE_REMOVED("message-removed"),
    CONTENT_CHANGED("content-changed"),
    MATERIAL_CHANGE("material-change"),
    BELOW_LEAST_SEVERITY("below-least-severity"),
    FIRST_SEEN_RESOLVED("first-seen-resolved"),
    FIRST_SEEN_MERGED("first-seen-merged"),
    OLDER_REVISION("older-revision"),
    UP_TO_DATE("up-to-date"),
    CANNOT_EDIT("cannot-edit");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** Its word in metrics and logs. */
    public String word() {
      return word;
    }
  }

  /**
   * A decision.
   *
   * @param changes what is to be told; empty unless the action tells
   * @param notBefore when it is due; {@link Instant#MIN} for at once
   */
  public record Decision(Action action, Reason reason, List<Change> changes, Instant notBefore) {

    public Decision {
      changes = List.copyOf(changes);
    }

    private static Decision atOnce(Action action, Reason reason) {
      return new Decision(action, reason, List.of(), Instant.MIN);
    }
  }

  /** Whether an incident is worth a message while it goes on. */
  public static boolean isNews(Incident incident, Severity leastSeverity) {
    return incident.state().active() && incident.severity().compareTo(leastSeverity) <= 0;
  }

  /**
   * Decides.
   *
   * @param current the latest that is known of the incident
   * @param wasNews whether it, or a revision of it that was seen since the last decision, is worth
   *     a message ({@link #isNews}): an incident that came and went while the chat was out is told,
   *     one that was over when it was first seen is not
   * @param cardHash of the card that its message would show
   * @param posted what the channel has; null for nothing
   */
  public static Decision decide(
      Incident current,
      boolean wasNews,
      String cardHash,
      @Nullable Posted posted,
      ChannelCapabilities can) {
    if (posted == null) {
      return first(current, wasNews);
    }
    if (current.revision() < posted.told().revision()
        || current.revision() < posted.shownRevision()) {
      return Decision.atOnce(Action.NOTHING, Reason.OLDER_REVISION);
    }
    List<Change> changes = Change.between(posted.told(), current);
    if (posted.fate() == Fate.GONE) {
      return wasNews && !changes.isEmpty()
          ? Decision.atOnce(Action.POST, Reason.MESSAGE_REMOVED)
          : Decision.atOnce(Action.NOTHING, Reason.MESSAGE_REMOVED);
    }
    if (!can.edit() && !can.thread()) {
      return followUp(changes);
    }
    boolean edit = can.edit() && posted.fate() == Fate.LIVE && !cardHash.equals(posted.shownHash());
    boolean tell = can.thread() && !changes.isEmpty();
    Instant tellAt =
        changes.stream().anyMatch(Change::loud) ? Instant.MIN : posted.toldAt().plus(QUIET_SPACING);
    if (edit) {
      boolean tellNow = tell && tellAt.equals(Instant.MIN);
      Instant editAt = changes.isEmpty() ? posted.shownAt().plus(EDIT_SPACING) : Instant.MIN;
      return new Decision(
          tellNow ? Action.REPLY_AND_EDIT : Action.EDIT,
          changes.isEmpty() ? Reason.CONTENT_CHANGED : Reason.MATERIAL_CHANGE,
          tellNow ? changes : List.of(),
          editAt);
    }
    if (tell) {
      return new Decision(Action.REPLY, Reason.MATERIAL_CHANGE, changes, tellAt);
    }
    return Decision.atOnce(
        Action.NOTHING,
        cardHash.equals(posted.shownHash()) ? Reason.UP_TO_DATE : Reason.CANNOT_EDIT);
  }

  private static Decision first(Incident current, boolean wasNews) {
    if (current.state() == State.MERGED) {
      // The incident that took it over has, or will have, a message.
      return Decision.atOnce(Action.NOTHING, Reason.FIRST_SEEN_MERGED);
    }
    if (current.state().active()) {
      return wasNews
          ? Decision.atOnce(Action.POST, Reason.NEW_INCIDENT)
          : Decision.atOnce(Action.NOTHING, Reason.BELOW_LEAST_SEVERITY);
    }
    return wasNews
        ? Decision.atOnce(Action.POST, Reason.OVER_BEFORE_TOLD)
        : Decision.atOnce(Action.NOTHING, Reason.FIRST_SEEN_RESOLVED);
  }

  /** Sparingly: each is a message of its own. */
  private static Decision followUp(List<Change> changes) {
    List<Change> loud = changes.stream().filter(Change::loud).toList();
    return loud.isEmpty()
        ? Decision.atOnce(Action.NOTHING, Reason.CANNOT_EDIT)
        : new Decision(Action.FOLLOW_UP, Reason.MATERIAL_CHANGE, loud, Instant.MIN);
  }
}
