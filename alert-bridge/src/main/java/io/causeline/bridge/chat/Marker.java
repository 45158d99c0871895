package io.causeline.bridge.chat;

/**
 * What a channel that can look messages up attaches to each of them, unseen by people, so that a
 * message whose fate is unknown can be found again.
 *
 * @param incident id of the incident
 * @param operation which of the incident's messages it is, such as {@code message} or {@code
 *     reply-7}; the same however often it is tried
 * @param revision of the incident as it was shown
 */
public record Marker(String incident, String operation, int revision) {}
