package io.causeline.bridge.chat;

import io.causeline.model.Incident.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What all channels have in common.
 *
 * @param leastSeverity of an incident that gets a message
 * @param external the address that people reach Causeline at; null if there is none
 */
public record ChatRules(Severity leastSeverity, @Nullable WebLink external) {}
