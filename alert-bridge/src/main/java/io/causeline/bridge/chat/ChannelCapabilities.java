package io.causeline.bridge.chat;

import java.time.Duration;

/**
 * What a channel can do; the sender does the best of it.
 *
 * @param edit a message can be changed in place
 * @param thread a message can be replied to
 * @param lookup a message whose fate is unknown can be found by its {@link Marker}
 * @param maxCharacters what one message may hold, over all of its parts
 * @param spacing the least time between two calls
 * @param settling how long after a call began it is certain that the channel took the message or
 *     never will: a look-up before that proves nothing. At least the time-out of a call
 */
public record ChannelCapabilities(
    boolean edit,
    boolean thread,
    boolean lookup,
    int maxCharacters,
    Duration spacing,
    Duration settling) {}
