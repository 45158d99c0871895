package io.causeline.bridge.chat.slack;

import com.slack.api.methods.response.chat.ChatPostMessageResponse;
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
import io.causeline.bridge.chat.SendResult.Unknown;
import io.causeline.bridge.chat.Wording;
import io.causeline.bridge.chat.slack.SlackConnection.Timeouts;
import io.causeline.bridge.chat.slack.SlackMessage.Rendered;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Slack channel through the Web API with a bot token: edits, threads, and looks messages up by
 * their metadata, so that no message is posted twice. The token needs {@code chat:write}, and
 * {@code channels:history} ({@code groups:history} for a private channel) to look up.
 */
public final class SlackChannel implements ChatChannel {

  /** Its name. */
  public static final String NAME = "slack";

  /**
   * Slack allows a message a second in a channel, and a little less for edits; bursts are not
   * promised.
   */
  private static final Duration SPACING = Duration.ofMillis(1200);

  private final SlackConnection connection;
  private final SlackLookup lookup;
  private final SlackMessage rendering;
  private final String token;
  private final String channel;
  private final ChannelCapabilities capabilities;

  /**
   * A channel.
   *
   * @param channel its id, or its name
   */
  public SlackChannel(
      URI apiUrl, Optional<String> proxyUrl, String token, String channel, Wording words) {
    this(
        new SlackConnection(apiUrl, proxyUrl, Timeouts.DEFAULT),
        Timeouts.DEFAULT,
        token,
        channel,
        words);
  }

  SlackChannel(
      SlackConnection connection, Timeouts timeouts, String token, String channel, Wording words) {
    this.connection = connection;
    this.lookup = new SlackLookup(connection, token);
    this.rendering = new SlackMessage(words);
    this.token = token;
    this.channel = channel;
    this.capabilities =
        new ChannelCapabilities(
            true, true, true, SlackMessage.MAX_CHARACTERS, SPACING, timeouts.call().plusSeconds(5));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String target() {
    return channel;
  }

  @Override
  public ChannelCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public SendResult post(IncidentCard card, Marker marker) {
    SendResult result = post(rendering.card(card), null, channel, marker);
    return refusedContent(result) ? post(rendering.brief(card), null, channel, marker) : result;
  }

  @Override
  public SendResult followUp(ChangeNote note, Marker marker) {
    return post(rendering.followUp(note), null, channel, marker);
  }

  @Override
  public SendResult reply(MessageRef thread, ChangeNote note, Marker marker) {
    Rendered reply = rendering.reply(note);
    SendResult result = post(reply, thread.id(), thread.conversation(), marker);
    if (refusedContent(result)) {
      Rendered plain = new Rendered(reply.text(), List.of());
      result = post(plain, thread.id(), thread.conversation(), marker);
    }
    return inItsPlace(thread, result);
  }

  @Override
  public SendResult edit(MessageRef message, IncidentCard card, Marker marker) {
    SendResult result = edit(message, rendering.card(card), marker);
    if (refusedContent(result)) {
      result = edit(message, rendering.brief(card), marker);
    }
    return inItsPlace(message, result);
  }

  @Override
  public FindResult find(
      String target, Optional<MessageRef> thread, Marker marker, Instant sentAt) {
    return lookup.find(target, thread, marker, sentAt);
  }

  @Override
  public void close() {
    connection.close();
  }

  private SendResult post(Rendered message, @Nullable String threadTs, String to, Marker marker) {
    return connection.call(
        slack ->
            slack
                .methods(token)
                .chatPostMessage(
                    r ->
                        r.channel(to)
                            .threadTs(threadTs)
                            .text(message.text())
                            .blocks(message.blocks().isEmpty() ? null : message.blocks())
                            .metadata(SlackLookup.metadata(marker))
                            .parse("none")
                            .linkNames(false)
                            .unfurlLinks(false)
                            .unfurlMedia(false)),
        answer -> sent(answer, to),
        failed -> failed);
  }

  private SendResult sent(ChatPostMessageResponse answer, String to) {
    if (answer.getTs() == null || answer.getChannel() == null) {
      return new Unknown("Slack took a message but did not say which it is");
    }
    lookup.learn(to, answer.getChannel());
    return new Sent(new MessageRef(answer.getChannel(), answer.getTs()));
  }

  private SendResult edit(MessageRef message, Rendered rendered, Marker marker) {
    return connection.call(
        slack ->
            slack
                .methods(token)
                .chatUpdate(
                    r ->
                        r.channel(message.conversation())
                            .ts(message.id())
                            .text(rendered.text())
                            .blocks(rendered.blocks())
                            .metadata(SlackLookup.metadata(marker))
                            .parse("none")
                            .linkNames(false)),
        answer -> new Sent(message),
        failed -> failed);
  }

  /**
   * A message in a channel that was ours before another was set, and that can't be reached any
   * more, is as good as gone: it must not hold up the messages for the one that is set.
   */
  private SendResult inItsPlace(MessageRef message, SendResult result) {
    String here = lookup.knownId(channel);
    return SlackErrors.isOfThePlace(result) && here != null && !here.equals(message.conversation())
        ? new Rejected(Scope.GONE, ((Rejected) result).reason())
        : result;
  }

  private static boolean refusedContent(SendResult result) {
    return result instanceof Rejected rejected && rejected.scope() == Scope.MESSAGE;
  }
}
