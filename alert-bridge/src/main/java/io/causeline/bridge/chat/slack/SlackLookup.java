package io.causeline.bridge.chat.slack;

import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import io.causeline.bridge.chat.FindResult;
import io.causeline.bridge.chat.Marker;
import io.causeline.bridge.chat.MessageRef;
import io.causeline.bridge.chat.SendResult;
import io.causeline.bridge.chat.SendResult.Rejected;
import io.causeline.bridge.chat.SendResult.RetryLater;
import io.causeline.bridge.chat.SendResult.Scope;
import io.causeline.bridge.chat.SendResult.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds our messages by their metadata: in the history of a channel, or among the replies of a
 * thread (which a channel's history does not list).
 */
final class SlackLookup {

  /** Type of the metadata of our messages. */
  static final String EVENT_TYPE = "causeline_incident";

  /** How far Slack's clock and ours, or the clocks of two bridges, may be apart. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(15);

  private static final int PAGE = 200;
  private static final Pattern CHANNEL_ID = Pattern.compile("[CDG][A-Z0-9]{7,}");

  private final SlackConnection connection;
  private final String token;
  private final Map<String, String> idsOfNames = new ConcurrentHashMap<>();

  SlackLookup(SlackConnection connection, String token) {
    this.connection = connection;
    this.token = token;
  }

  static Message.Metadata metadata(Marker marker) {
    return Message.Metadata.builder()
        .eventType(EVENT_TYPE)
        .eventPayload(
            Map.of(
                "incident", marker.incident(),
                "operation", marker.operation(),
                "revision", marker.revision()))
        .build();
  }

  /** Remembers that a message that was sent to {@code target} is in this channel. */
  void learn(String target, String channelId) {
    idsOfNames.put(target, channelId);
  }

  FindResult find(String target, Optional<MessageRef> thread, Marker marker, Instant sentAt) {
    String known = thread.map(MessageRef::conversation).orElseGet(() -> knownId(target));
    Step step = known == null ? resolve(target) : new Step.Go(known);
    String oldest = ts(sentAt.minus(CLOCKS_APART));
    String latest = ts(sentAt.plus(CLOCKS_APART));
    String cursor = "";
    while (step instanceof Step.Go go) {
      String channel = go.channel();
      String from = cursor;
      Page page =
          thread
              .map(parent -> replies(parent, from, oldest, latest))
              .orElseGet(() -> history(channel, from, oldest, latest));
      if (page.failure() != null) {
        return page.failure();
      }
      Optional<Message> found = page.messages().stream().filter(m -> bears(m, marker)).findFirst();
      if (found.isPresent()) {
        return new FindResult.Found(new MessageRef(channel, found.get().getTs()));
      }
      cursor = page.next();
      if (cursor.isEmpty()) {
        return new FindResult.Absent();
      }
    }
    return ((Step.Stop) step).result();
  }

  private sealed interface Step {
    record Go(String channel) implements Step {}

    record Stop(FindResult result) implements Step {}
  }

  private record Page(List<Message> messages, String next, @Nullable FindResult failure) {

    static Page of(@Nullable List<Message> messages, @Nullable ResponseMetadata metadata) {
      return new Page(messages == null ? List.of() : messages, cursor(metadata), null);
    }

    static Page failed(SendResult result) {
      return new Page(List.of(), "", SlackLookup.failed(result));
    }
  }

  private Page history(String channel, String cursor, String oldest, String latest) {
    return connection.call(
        slack ->
            slack
                .methods(token)
                .conversationsHistory(
                    r ->
                        r.channel(channel)
                            .oldest(oldest)
                            .latest(latest)
                            .inclusive(true)
                            .includeAllMetadata(true)
                            .limit(PAGE)
                            .cursor(cursor.isEmpty() ? null : cursor)),
        answer -> Page.of(answer.getMessages(), answer.getResponseMetadata()),
        Page::failed);
  }

  private Page replies(MessageRef parent, String cursor, String oldest, String latest) {
    return connection.call(
        slack ->
            slack
                .methods(token)
                .conversationsReplies(
                    r ->
                        r.channel(parent.conversation())
                            .ts(parent.id())
                            .oldest(oldest)
                            .latest(latest)
                            .inclusive(true)
                            .includeAllMetadata(true)
                            .limit(PAGE)
                            .cursor(cursor.isEmpty() ? null : cursor)),
        answer -> Page.of(answer.getMessages(), answer.getResponseMetadata()),
        Page::failed);
  }

  /** The id of the channel that this is the id or the name of; null while it is not known. */
  @Nullable String knownId(String target) {
    return CHANNEL_ID.matcher(target).matches() ? target : idsOfNames.get(target);
  }

  /** Looks a channel's name up: history is told by id only. */
  private Step resolve(String target) {
    String name = (target.startsWith("#") ? target.substring(1) : target).toLowerCase(Locale.ROOT);
    String cursor = "";
    do {
      String from = cursor;
      Names names =
          connection.call(
              slack ->
                  slack
                      .methods(token)
                      .conversationsList(
                          r ->
                              r.excludeArchived(true)
                                  .types(
                                      List.of(
                                          ConversationType.PUBLIC_CHANNEL,
                                          ConversationType.PRIVATE_CHANNEL))
                                  .limit(PAGE)
                                  .cursor(from.isEmpty() ? null : from)),
              answer ->
                  new Names(
                      answer.getChannels() == null ? List.of() : answer.getChannels(),
                      cursor(answer.getResponseMetadata()),
                      null),
              result -> new Names(List.of(), "", failed(result)));
      if (names.failure() != null) {
        return new Step.Stop(names.failure());
      }
      for (Conversation channel : names.channels()) {
        if (name.equals(channel.getName())) {
          learn(target, channel.getId());
          return new Step.Go(channel.getId());
        }
      }
      cursor = names.next();
    } while (!cursor.isEmpty());
    return new Step.Stop(
        new Rejected(
            Scope.CHANNEL,
            "no channel is named " + target + ": set chat.slack.channel to the channel's id"));
  }

  private record Names(List<Conversation> channels, String next, @Nullable FindResult failure) {}

  private static boolean bears(Message message, Marker marker) {
    Message.Metadata metadata = message.getMetadata();
    return metadata != null
        && EVENT_TYPE.equals(metadata.getEventType())
        && metadata.getEventPayload() != null
        && marker.incident().equals(metadata.getEventPayload().get("incident"))
        && marker.operation().equals(metadata.getEventPayload().get("operation"));
  }

  /** To look is harmless, so an unknown outcome of it is one more reason to look later. */
  private static FindResult failed(SendResult result) {
    if (result instanceof Rejected rejected) {
      return rejected.scope() == Scope.GONE ? new FindResult.Absent() : rejected;
    } else if (result instanceof RetryLater later) {
      return later;
    }
    return new RetryLater(
        Duration.ZERO, result instanceof Unknown unknown ? unknown.reason() : "no answer");
  }

  private static String cursor(@Nullable ResponseMetadata metadata) {
    return metadata == null || metadata.getNextCursor() == null ? "" : metadata.getNextCursor();
  }

  private static String ts(Instant at) {
    return String.format(Locale.ROOT, "%d.%06d", at.getEpochSecond(), at.getNano() / 1000);
  }
}
