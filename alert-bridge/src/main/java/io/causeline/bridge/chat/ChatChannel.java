package io.causeline.bridge.chat;

import java.time.Instant;
import java.util.Optional;

/**
 * A place where people read: a room of a chat system. A channel renders and sends; it decides
 * nothing, keeps no state that matters and never retries by itself. Its methods are called by one
 * thread at a time and return within a few time-outs of a call. They report failures as results and
 * throw nothing.
 *
 * <p>Every text in a card or a note is hostile input: a channel must see to it that none of it can
 * mention people, become a link, or pass for words of ours.
 */
public interface ChatChannel extends AutoCloseable {

  /**
   * Its name in keys, settings and metrics, such as {@code slack}; the same for ever, at most one
   * of a name in a process. Letters, digits and dashes.
   */
  String name();

  /** Where new messages go, such as a room's name or id; never a secret. */
  String target();

  /** What it can do; never changes. */
  ChannelCapabilities capabilities();

  /** Sends a new message. */
  SendResult post(IncidentCard card, Marker marker);

  /**
   * Sends a new message that says what changed, of an incident that was posted before; only where
   * the channel can neither edit nor reply.
   */
  SendResult followUp(ChangeNote note, Marker marker);

  /** Changes a message in place; only where the channel can. */
  SendResult edit(MessageRef message, IncidentCard card, Marker marker);

  /** Replies to a message; only where the channel can. */
  SendResult reply(MessageRef thread, ChangeNote note, Marker marker);

  /**
   * Looks for a message; only where the channel can.
   *
   * @param target what {@link #target()} said when it was sent
   * @param thread the message that it replied to, if it is a reply
   * @param sentAt when its sending began, by this machine's clock
   */
  FindResult find(String target, Optional<MessageRef> thread, Marker marker, Instant sentAt);

  /** Closes it; a call that another thread has under way ends soon, with an unknown outcome. */
  @Override
  void close();
}
