package io.causeline.bridge.chat.slack;

import com.slack.api.webhook.Payload;
import com.slack.api.webhook.WebhookResponse;
import io.causeline.bridge.chat.ChangeNote;
import io.causeline.bridge.chat.ChannelCapabilities;
import io.causeline.bridge.chat.ChatChannel;
import io.causeline.bridge.chat.FindResult;
import io.causeline.bridge.chat.IncidentCard;
import io.causeline.bridge.chat.Marker;
import io.causeline.bridge.chat.MessageRef;
import io.causeline.bridge.chat.SendResult;
import io.causeline.bridge.chat.SendResult.Rejected;
import io.causeline.bridge.chat.SendResult.Scope;
import io.causeline.bridge.chat.SendResult.Sent;
import io.causeline.bridge.chat.Wording;
import io.causeline.bridge.chat.slack.SlackConnection.Timeouts;
import io.causeline.bridge.chat.slack.SlackMessage.Rendered;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A Slack channel through a plain incoming webhook: it can only post. What matters most of what
 * changes (severity raised, resolved, reopened, merged) is told in a message of its own.
 *
 * <p>A webhook does not name its messages and can't look them up. When an answer never comes it is
 * unknown whether the message is there; it is then posted again, after growing waits: a message may
 * appear twice, but none is lost. Whoever wants each exactly once uses a bot token ({@link
 * SlackChannel}).
 */
public final class SlackWebhook implements ChatChannel {

  /** Its name. */
  public static final String NAME = "slack-webhook";

  private static final Duration SPACING = Duration.ofMillis(1200);

  /** Patient, since a message that was slow to be answered would be posted again. */
  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(35));

  private final SlackConnection connection;
  private final SlackMessage rendering;
  private final String url;
  private final ChannelCapabilities capabilities;

  /**
   * A webhook.
   *
   * @param url a secret: whoever has it can post
   */
  public SlackWebhook(URI url, Optional<String> proxyUrl, Wording words) {
    this(url, new SlackConnection(url, proxyUrl, TIMEOUTS), TIMEOUTS, words);
  }

  SlackWebhook(URI url, SlackConnection connection, Timeouts timeouts, Wording words) {
    this.url = url.toString();
    this.connection = connection;
    this.rendering = new SlackMessage(words);
    this.capabilities =
        new ChannelCapabilities(
            false,
            false,
            false,
            SlackMessage.MAX_CHARACTERS,
            SPACING,
            timeouts.call().plusSeconds(5));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String target() {
    return NAME;
  }

  @Override
  public ChannelCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public SendResult post(IncidentCard card, Marker marker) {
    SendResult result = post(rendering.card(card));
    return result instanceof Rejected rejected && rejected.scope() == Scope.MESSAGE
        ? post(rendering.brief(card))
        : result;
  }

  @Override
  public SendResult followUp(ChangeNote note, Marker marker) {
    return post(rendering.followUp(note));
  }

  @Override
  public SendResult edit(MessageRef message, IncidentCard card, Marker marker) {
    throw new UnsupportedOperationException("a webhook can't edit");
  }

  @Override
  public SendResult reply(MessageRef thread, ChangeNote note, Marker marker) {
    throw new UnsupportedOperationException("a webhook can't reply");
  }

  @Override
  public FindResult find(
      String target, Optional<MessageRef> thread, Marker marker, Instant sentAt) {
    throw new UnsupportedOperationException("a webhook can't look up");
  }

  @Override
  public void close() {
    connection.close();
  }

  private SendResult post(Rendered message) {
    Payload payload =
        Payload.builder()
            .text(message.text())
            .blocks(message.blocks())
            .unfurlLinks(false)
            .unfurlMedia(false)
            .build();
    return connection.call(
        slack -> {
          WebhookResponse answer = slack.send(url, payload);
          int status = answer.getCode();
          return status >= 200 && status < 300
              ? new Sent(new MessageRef(NAME, ""))
              : SlackErrors.ofStatus(status, answer.getBody(), answer.getHeaders(), false);
        });
  }
}
