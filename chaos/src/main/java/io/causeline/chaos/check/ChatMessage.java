package io.causeline.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A message as the channel has it.
 *
 * @param ts its id
 * @param thread the message that it replies to; null for one of its own
 * @param metadata as posted, {@code event_payload} and all
 */
public record ChatMessage(
    String ts, @Nullable String thread, String text, JsonNode blocks, JsonNode metadata) {}
