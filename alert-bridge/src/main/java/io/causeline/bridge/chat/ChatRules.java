package io.causeline.bridge.chat;

import io.causeline.model.Incident.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What all channels have in common.
 *
 * @param leastSeverity of an incident that gets a message
 * @param external the address that people reach Causeline at; null if there is none
 */
public record ChatRules(Severity leastSeverity, @Nullable WebLink external) {

  /** As they are set. */
  public static ChatRules of(ChatSettings settings) {
    return new ChatRules(
        settings.leastSeverity(),
        settings.externalUrl().flatMap(url -> WebLink.of(url.toString())).orElse(null));
  }
}
