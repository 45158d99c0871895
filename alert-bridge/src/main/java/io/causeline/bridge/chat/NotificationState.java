package io.causeline.bridge.chat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was posted of one incident to one channel: a record of the {@code notifications} topic. It
 * is written with an intent before a message is sent, and without it, with the message's id, after;
 * so one that is found with an intent may or may not have been sent.
 *
 * @param intent what was about to be sent
 * @param posted what is there for certain; null before the first message
 */
public record NotificationState(@Nullable Intent intent, @Nullable Posted posted) {

  /**
   * A message that is about to be sent. Edits need no intent: to make one twice changes nothing.
   *
   * @param operation which message: the same however often it is tried, see {@link Marker}
   * @param facts of the incident that it tells
   * @param hash of the card that it shows
   * @param target where it is sent, see {@link ChatChannel#target()}
   * @param at when its sending began, by the clock of the machine that sent it
   * @param attempt from 1; how often it may have been sent
   */
  public record Intent(
      String operation, Facts facts, String hash, String target, Instant at, int attempt) {

    Intent withoutThisAttempt() {
      return new Intent(operation, facts, hash, target, at, attempt - 1);
    }
  }

  /**
   * What is there.
   *
   * @param message the incident's message, which is edited and replied to
   * @param shownRevision the revision that the message shows
   * @param shownHash of the card that the message shows
   * @param shownAt when it was last changed
   * @param told what people were told, by the message or below it
   * @param toldAt when
   * @param fate whether the message can still be worked with
   */
  public record Posted(
      MessageRef message,
      int shownRevision,
      String shownHash,
      Instant shownAt,
      Facts told,
      Instant toldAt,
      Fate fate) {

    Posted showing(int revision, String hash, Instant at) {
      return new Posted(message, revision, hash, at, told, toldAt, fate);
    }

    Posted telling(Facts facts, Instant at) {
      return new Posted(message, shownRevision, shownHash, shownAt, facts, at, fate);
    }

    Posted meeting(Fate newFate) {
      return new Posted(message, shownRevision, shownHash, shownAt, told, toldAt, newFate);
    }
  }

  /** Whether a message can still be worked with. */
  public enum Fate {
    /** It can be edited. */
    @JsonProperty("live")
    LIVE,
    /** It can be replied to, but not edited. */
    @JsonProperty("frozen")
    FROZEN,
    /** Someone removed it. */
    @JsonProperty("gone")
    GONE
  }

  /** The message of an incident. */
  static final String MESSAGE = "message";

  private static final String REPLY = "reply-";

  /** The reply that tells of this revision. */
  static String reply(int revision) {
    return REPLY + revision;
  }

  /** Whether an operation is a reply. */
  static boolean isReply(String operation) {
    return operation.startsWith(REPLY);
  }

  /** The message that an outstanding reply belongs to. */
  @JsonIgnore
  Optional<MessageRef> threadOfIntent() {
    return intent != null && posted != null && isReply(intent.operation())
        ? Optional.of(posted.message())
        : Optional.empty();
  }

  /** With this intent. */
  NotificationState intending(@Nullable Intent next) {
    return new NotificationState(next, posted);
  }

  /** With its intent done: the message that it was about is there. */
  NotificationState done(MessageRef message, Instant at) {
    if (intent == null) {
      throw new IllegalStateException("nothing was intended");
    }
    Facts facts = intent.facts();
    return new NotificationState(
        null,
        posted == null || intent.operation().startsWith(MESSAGE)
            ? new Posted(message, facts.revision(), intent.hash(), at, facts, at, Fate.LIVE)
            : posted.telling(facts, at));
  }

  /** What stays if the intent is dropped; null if nothing does. */
  static @Nullable NotificationState withoutIntent(@Nullable NotificationState state) {
    return state == null || state.posted() == null ? null : state.intending(null);
  }
}
