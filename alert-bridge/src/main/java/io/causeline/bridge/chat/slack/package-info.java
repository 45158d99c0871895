/** Slack: the Web API with a bot token, and plain incoming webhooks. */
@NullMarked
package io.causeline.bridge.chat.slack;

import org.jspecify.annotations.NullMarked;
