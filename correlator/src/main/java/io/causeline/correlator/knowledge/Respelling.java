package io.causeline.correlator.knowledge;

/**
 * Events whose message names the step that failed better than their reason does: they are read as
 * if they had that step's own reason. What people see keeps the reason that was sent.
 *
 * @param matcher which events
 * @param as the reason that they are read by
 */
public record Respelling(Matcher.OnEvent matcher, String as) {}
