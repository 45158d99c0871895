package io.causeline.bridge.chat.slack;

import io.causeline.bridge.chat.SendResult;
import io.causeline.bridge.chat.SendResult.Rejected;
import io.causeline.bridge.chat.SendResult.RetryLater;
import io.causeline.bridge.chat.SendResult.Scope;
import io.causeline.bridge.chat.SendResult.Unknown;
import io.causeline.model.Text;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Slack's errors mean for a message. The words are those of the Web API's method pages (such
 * as chat.postMessage and chat.update) and of the page on incoming webhooks. A word that is not
 * known here is taken for something that a person must mend, and retried slowly.
 */
final class SlackErrors {

  private static final Duration UNTOLD_RETRY_AFTER = Duration.ofSeconds(30);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

  private static final Set<String> RATE = Set.of("ratelimited", "rate_limited");

  private static final Set<String> LATER =
      Set.of("service_unavailable", "team_added_to_org", "message_limit_exceeded", "update_failed");

  /** Slack says that some of it may have been done. */
  private static final Set<String> PERHAPS_DONE =
      Set.of("internal_error", "fatal_error", "request_timeout");

  private static final Set<String> CONTENT =
      Set.of(
          "invalid_blocks",
          "invalid_blocks_format",
          "msg_too_long",
          "msg_blocks_too_long",
          "no_text",
          "invalid_attachments",
          "too_many_attachments",
          "metadata_too_large",
          "block_mismatch",
          "invalid_payload");

  private static final Set<String> GONE = Set.of("message_not_found", "thread_not_found");

  private static final Set<String> FROZEN =
      Set.of(
          "cant_update_message",
          "edit_window_closed",
          "cannot_reply_to_message",
          "thread_locked",
          "restricted_action_thread_locked");

  private static final Set<String> PLACE =
      Set.of("channel_not_found", "is_archived", "not_in_channel", "is_inactive");

  private static final String MEND_TOKEN =
      "give a valid bot token in chat.slack.token-file or CAUSELINE_CHAT_SLACK_TOKEN";

  private static final Map<String, String> WAY_OUT =
      Map.ofEntries(
          Map.entry("invalid_auth", MEND_TOKEN),
          Map.entry("not_authed", MEND_TOKEN),
          Map.entry("token_revoked", MEND_TOKEN),
          Map.entry("token_expired", MEND_TOKEN),
          Map.entry("account_inactive", MEND_TOKEN),
          Map.entry(
              "channel_not_found",
              "set chat.slack.channel to the channel's id (see its details in Slack), and invite"
                  + " the bot if it is private"),
          Map.entry("not_in_channel", "invite the bot to the channel"),
          Map.entry("is_archived", "unarchive the channel, or set chat.slack.channel to another"),
          Map.entry(
              "channel_is_archived", "unarchive the webhook's channel, or make a new webhook"),
          Map.entry("no_service", "the webhook was removed or disabled: make a new one"),
          Map.entry("invalid_token", "the webhook's URL is wrong: copy it again"),
          Map.entry(
              "missing_scope",
              "give the bot chat:write, and channels:history (groups:history for a private"
                  + " channel) to look messages up"));

  private SlackErrors() {}

  /**
   * What an answer with {@code ok: false} means.
   *
   * @param error Slack's word
   * @param needed the scope that it misses, if it says so
   * @param headers by lower-case name
   */
  static SendResult ofWord(
      @Nullable String error,
      @Nullable String needed,
      @Nullable Map<String, List<String>> headers) {
    if (error == null) {
      return new Unknown("Slack's answer says neither yes nor why not");
    }
    if (RATE.contains(error)) {
      return new RetryLater(retryAfter(headers), error);
    }
    if (LATER.contains(error)) {
      return new RetryLater(Duration.ZERO, error);
    }
    if (PERHAPS_DONE.contains(error)) {
      return new Unknown(error);
    }
    String reason = reason(error, needed);
    if (CONTENT.contains(error)) {
      return new Rejected(Scope.MESSAGE, reason);
    }
    if (GONE.contains(error)) {
      return new Rejected(Scope.GONE, reason);
    }
    return new Rejected(FROZEN.contains(error) ? Scope.FROZEN : Scope.CHANNEL, reason);
  }

  /**
   * What a status other than 2xx means.
   *
   * @param lookup whether it can be found out later if the message was taken: an error of the
   *     server leaves that open, but where it can't be found out it counts as not taken
   */
  static SendResult ofStatus(
      int status, @Nullable String body, Map<String, List<String>> headers, boolean lookup) {
    if (status == 429) {
      return new RetryLater(retryAfter(headers), "429 Too Many Requests");
    }
    if (status >= 500) {
      return lookup
          ? new Unknown("status " + status)
          : new RetryLater(Duration.ZERO, "status " + status);
    }
    String word = body == null ? "" : Text.cut(Text.clean(body), 200);
    if (status == 400 && !WAY_OUT.containsKey(word)) {
      return new Rejected(Scope.MESSAGE, "status 400: " + word);
    }
    return new Rejected(Scope.CHANNEL, "status " + status + ": " + reason(word, null));
  }

  /** Whether it is the channel of a message that is out of reach. */
  static boolean isOfThePlace(SendResult result) {
    return result instanceof Rejected rejected
        && PLACE.stream().anyMatch(word -> rejected.reason().startsWith(word));
  }

  /** How long Slack asks to be left alone. */
  static Duration retryAfter(@Nullable Map<String, List<String>> headers) {
    List<String> values = headers == null ? null : headers.get("retry-after");
    if (values == null || values.isEmpty()) {
      return UNTOLD_RETRY_AFTER;
    }
    try {
      Duration asked = Duration.ofSeconds(Long.parseLong(values.get(0).trim()));
      return asked.isNegative() || asked.compareTo(LONGEST_RETRY_AFTER) > 0
          ? LONGEST_RETRY_AFTER
          : asked;
    } catch (NumberFormatException e) {
      return UNTOLD_RETRY_AFTER;
    }
  }

  private static String reason(String error, @Nullable String needed) {
    String cleaned = Text.cut(Text.clean(error), 200);
    String scope = needed == null ? "" : " (needed: " + Text.label(needed) + ")";
    String wayOut = WAY_OUT.get(error);
    return cleaned + scope + (wayOut == null ? "" : ": " + wayOut);
  }
}
