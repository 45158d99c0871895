package io.causeline.bridge.chat;

import io.causeline.model.Topics;
import io.causeline.service.Health;
import io.causeline.service.Health.Result;
import io.causeline.service.KafkaSettings;
import io.causeline.service.Lifecycle;
import io.causeline.service.Metrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells incidents in chat: reads the {@code incidents} topic and keeps one message per incident in
 * each channel up to date. Channels know nothing of one another: each has its own reader, its own
 * thread and its own place in the topic.
 *
 * <p>What is promised: nothing is missing however long a chat or this process was out (only the
 * latest state is sent afterwards), and on a channel that can look messages up nothing is there
 * twice. Incidents that were over before a process with this channel was ever started are history
 * and get no message.
 */
public final class ChatNotifier implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ChatNotifier.class);

  private final Lifecycle lifecycle = new Lifecycle();

  private ChatNotifier() {}

  /**
   * Starts; returns at once, whether Kafka and the chats can be reached or not.
   *
   * @param channels closed with the notifier; may be empty
   * @param clock the wall clock: it is compared with when messages were sent, and never with times
   *     of incidents
   */
  public static ChatNotifier start(
      List<ChatChannel> channels,
      ChatRules rules,
      KafkaSettings kafka,
      InstantSource clock,
      Metrics metrics,
      Health health) {
    if (channels.isEmpty()) {
      log.info("no chat channel is set up");
      return new ChatNotifier();
    }
    return start(channels, rules, ChatKafka.of(kafka, metrics), clock, metrics, health);
  }

  static ChatNotifier start(
      List<ChatChannel> channels,
      ChatRules rules,
      ChatKafka kafka,
      InstantSource clock,
      Metrics metrics,
      Health health) {
    ChatNotifier notifier = new ChatNotifier();
    notifier.lifecycle.add("chat Kafka", kafka);
    for (ChatChannel channel : channels) {
      notifier.add(channel, rules, kafka, clock, metrics, health);
    }
    return notifier;
  }

  private void add(
      ChatChannel channel,
      ChatRules rules,
      ChatKafka kafka,
      InstantSource clock,
      Metrics metrics,
      Health health) {
    NotificationLog notifications =
        new KafkaNotificationLog(
            kafka.name(Topics.NOTIFICATIONS),
            () -> kafka.consumer(channel.name()),
            (key, value) -> kafka.write(Topics.NOTIFICATIONS, key, value, Map.of()),
            kafka.patience());
    ChannelWorker worker =
        new ChannelWorker(channel, notifications, clock, metrics, rules.external());
    IncidentFeed feed =
        new IncidentFeed(
            kafka,
            notifications,
            new KafkaDeadLetters(kafka),
            new IncidentReader(rules.leastSeverity(), kafka::ownerOf),
            worker,
            clock,
            metrics);
    // Closed in reverse: first nothing is sent any more, then what is done is committed.
    lifecycle.add("chat " + channel.name() + " incidents", feed);
    lifecycle.add("chat " + channel.name(), worker);
    health.readiness("chat-" + channel.name(), () -> state(feed, worker));
    worker.start();
    feed.start();
    health.liveness(
        "chat-" + channel.name(),
        () ->
            worker.alive() && feed.alive()
                ? Result.up("running")
                : Result.down("a thread of it has ended"));
    log.atInfo()
        .setMessage("telling incidents in chat")
        .addKeyValue("channel", channel.name())
        .addKeyValue("target", channel.target())
        .log();
  }

  /**
   * A chat that is out does not make the process unready: whoever stops sending it alerts for that
   * loses them.
   */
  private static Result state(IncidentFeed feed, ChannelWorker worker) {
    Optional<String> reading = feed.trouble();
    if (reading.isPresent()) {
      return Result.down(reading.get());
    }
    String pending = worker.pending() + " incidents wait";
    return worker.trouble().isEmpty()
        ? Result.up(feed.partitions() + " partitions, " + pending)
        : Result.up("the chat is out: " + worker.trouble() + "; " + pending);
  }

  /** Stops sending, commits what is done, and closes the channels. */
  @Override
  public void close() {
    lifecycle.close();
  }
}
