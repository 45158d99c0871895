package io.causeline.bridge.chat;

import io.causeline.bridge.chat.NotificationDecision.Decision;
import io.causeline.service.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a channel tells about itself: metrics, and its trouble in one sentence. Trouble is logged
 * when it begins, changes and ends, not each time it is met.
 */
final class ChannelReport {

  private static final Logger log = LoggerFactory.getLogger(ChannelReport.class);
  private static final String NONE = "";

  private final String channel;
  private final Metrics.Counter calls;
  private final Metrics.Counter decisions;
  // Written by the channel's thread alone.
  private volatile String trouble = NONE;

  ChannelReport(String channel, Metrics metrics) {
    this.channel = channel;
    this.calls =
        metrics.counter(
            "causeline_chat_calls_total",
            "Calls to a chat channel, by operation (post, edit, reply, follow-up, lookup) and"
                + " outcome: sent, found, absent, retry (not taken, tried again later), rejected"
                + " (not taken until something is mended), unknown (no answer).",
            "channel",
            "operation",
            "outcome");
    this.decisions =
        metrics.counter(
            "causeline_chat_decisions_total",
            "What was decided to do about incidents in a chat channel, and why.",
            "channel",
            "action",
            "reason");
    metrics.gauge(
        "causeline_chat_up",
        "1 while a chat channel takes messages, 0 while it does not.",
        Map.of("channel", channel),
        () -> trouble.isEmpty() ? 1.0 : 0.0);
  }

  /** Shows what waits. */
  static void watch(String channel, ChannelQueue queue, InstantSource clock, Metrics metrics) {
    metrics.gauge(
        "causeline_chat_pending_incidents",
        "Incidents whose latest state a chat channel does not show yet.",
        Map.of("channel", channel),
        () -> (double) queue.size());
    metrics.gauge(
        "causeline_chat_pending_oldest_seconds",
        "How long the incident has waited that has waited longest for a chat channel.",
        Map.of("channel", channel),
        () ->
            queue
                .oldest()
                .map(since -> Duration.between(since, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0));
  }

  void called(String operation, String outcome) {
    calls.inc(channel, operation, outcome);
  }

  void decided(IncidentRef ref, Decision decision) {
    decisions.inc(
        channel,
        decision.action().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
        decision.reason().word());
    log.atDebug()
        .setMessage("decided")
        .addKeyValue("channel", channel)
        .addKeyValue("incident", ref.id())
        .addKeyValue("action", decision.action())
        .addKeyValue("reason", decision.reason().word())
        .addKeyValue("changes", decision.changes().stream().map(Change::word).toList())
        .log();
  }

  /** The channel works. */
  void works() {
    if (changed(NONE)) {
      log.atInfo().setMessage("a chat channel works again").addKeyValue("channel", channel).log();
    }
  }

  /** The channel does not work for now; nothing needs to be done about it. */
  void waits(String reason, Instant until) {
    if (changed(reason)) {
      log.atWarn()
          .setMessage("a chat channel takes nothing for now; incidents wait, none is lost")
          .addKeyValue("channel", channel)
          .addKeyValue("reason", reason)
          .addKeyValue("nextTry", until)
          .log();
    }
  }

  /** The channel does not work until a person acts. */
  void mustBeMended(String reason, Instant until) {
    if (changed(reason)) {
      log.atError()
          .setMessage("a chat channel refuses messages until it is mended; incidents wait")
          .addKeyValue("channel", channel)
          .addKeyValue("reason", reason)
          .addKeyValue("nextTry", until)
          .log();
    }
  }

  /** One message is not taken; the others are. */
  void refused(IncidentRef ref, String reason, Instant until) {
    log.atError()
        .setMessage("a chat channel refuses a message")
        .addKeyValue("channel", channel)
        .addKeyValue("incident", ref.id())
        .addKeyValue("reason", reason)
        .addKeyValue("nextTry", until)
        .log();
  }

  /** A thread takes no more replies. */
  void threadClosed(IncidentRef ref, String reason) {
    log.atWarn()
        .setMessage("a thread takes no more replies; only the message itself shows what changed")
        .addKeyValue("channel", channel)
        .addKeyValue("incident", ref.id())
        .addKeyValue("reason", reason)
        .log();
  }

  /** A fault of ours keeps one incident from being told. */
  void failed(IncidentRef ref, RuntimeException why, Instant until) {
    log.atError()
        .setMessage("an incident can't be told in a chat channel")
        .addKeyValue("channel", channel)
        .addKeyValue("incident", ref.id())
        .addKeyValue("nextTry", until)
        .setCause(why)
        .log();
  }

  /** A partition is given up while a message of it may be under way. */
  void givenUpEarly(int partition) {
    log.atWarn()
        .setMessage("a partition is given up while a message is under way")
        .addKeyValue("channel", channel)
        .addKeyValue("partition", partition)
        .log();
  }

  /** Its trouble in one sentence; empty for none. */
  String trouble() {
    return trouble;
  }

  private boolean changed(String now) {
    boolean changed = !now.equals(trouble);
    trouble = now;
    return changed;
  }
}
