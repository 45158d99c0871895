package io.causeline.bridge.chat;

import java.time.Duration;

/** What became of a message. */
public sealed interface SendResult {

  /** The channel has it. */
  record Sent(MessageRef message) implements SendResult {}

  /**
   * The channel does not have it, and will take it later: too many messages, or an outage.
   *
   * @param after how long the channel asks to be left alone; zero where it did not say
   */
  record RetryLater(Duration after, String reason) implements SendResult, FindResult {}

  /** The channel does not have it and will not take it as things are. */
  record Rejected(Scope scope, String reason) implements SendResult, FindResult {}

  /** The channel may have it or not: the answer never came. */
  record Unknown(String reason) implements SendResult {}

  /** What a rejection is about. */
  enum Scope {
    /** Nothing can be sent until a person acts, such as mending a token. */
    CHANNEL,
    /** This content is not accepted. */
    MESSAGE,
    /** The message to be edited or replied to is no longer there. */
    GONE,
    /** The message is there, but can't be edited any more. */
    FROZEN
  }
}
