package io.causeline.correlator.knowledge;

import java.time.Duration;

/**
 * A change that opens an incident by itself, without any event or alert, if the object is in a
 * state some time later. It is over when the object is no longer in it.
 *
 * @param matcher which changes
 * @param state of the changed object
 * @param after how long after the change the state must hold
 */
public record ChangeRule(Matcher.OnChange matcher, StateKind state, Duration after) {}
