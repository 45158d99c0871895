package io.causeline.bridge.chat;

/**
 * Where a message is, in its channel's own terms.
 *
 * @param conversation the room it is in; for Slack the channel's id, whatever name it was sent to
 * @param id what names it there; for Slack its {@code ts}. Empty where the channel does not tell
 */
public record MessageRef(String conversation, String id) {}
