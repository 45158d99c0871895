package io.causeline.bridge.chat;

/** What a look-up of a message by its marker came to. */
public sealed interface FindResult
    permits FindResult.Found, FindResult.Absent, SendResult.RetryLater, SendResult.Rejected {

  /** It is there. */
  record Found(MessageRef message) implements FindResult {}

  /** It is not there: it was never taken. */
  record Absent() implements FindResult {}
}
