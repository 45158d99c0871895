/**
 * Incidents out to chat: one message per incident and channel, edited in place, with what matters
 * told in its thread.
 *
 * <p>The path of an incident: {@code IncidentFeed} reads the {@code incidents} topic, {@code
 * ChannelQueue} keeps the latest of each incident for each channel, {@code NotificationDecision}
 * says what to do and why, {@code Delivery} does it through a {@code ChatChannel} and keeps the
 * books in the {@code notifications} topic.
 */
@NullMarked
package io.causeline.bridge.chat;

import org.jspecify.annotations.NullMarked;
