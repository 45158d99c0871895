package io.causeline.bridge.chat;

import io.causeline.service.Metrics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the reading of incidents for one channel tells about itself. */
final class FeedReport {

  private static final Logger log = LoggerFactory.getLogger(FeedReport.class);

  private final String channel;
  private final Metrics.Counter records;
  private volatile long lag;
  private volatile String trouble = "";

  FeedReport(String channel, Metrics metrics) {
    this.channel = channel;
    this.records =
        metrics.counter(
            "causeline_chat_records_total",
            "Records of the incidents topic that were read for a chat channel, by outcome:"
                + " incident, removed (its retention is over), dead-letter (can't be used).",
            "channel",
            "outcome");
    metrics.gauge(
        "causeline_chat_lag_records",
        "Records of the incidents topic that a chat channel has not read yet.",
        Map.of("channel", channel),
        () -> (double) lag);
  }

  /** What keeps it from reading, in one sentence; empty for nothing. */
  String trouble() {
    return trouble;
  }

  void read(Work work) {
    records.inc(channel, work instanceof Work.Forget ? "removed" : "incident");
  }

  void lag(long behind) {
    lag = behind;
  }

  /** A poll went well. */
  void works() {
    trouble = "";
  }

  void fails(RuntimeException why, Duration retry) {
    trouble = "incidents can't be read: " + why.getMessage();
    log.atError()
        .setMessage("incidents can't be read for a chat channel")
        .addKeyValue("channel", channel)
        .addKeyValue("retryIn", retry)
        .setCause(why)
        .log();
  }

  void notLoaded(Set<Integer> partitions, RuntimeException why, Duration retry) {
    log.atWarn()
        .setMessage("what was posted can't be read; nothing of the partitions is sent meanwhile")
        .addKeyValue("channel", channel)
        .addKeyValue("partitions", partitions)
        .addKeyValue("retryIn", retry)
        .setCause(why)
        .log();
  }

  void blocked(Set<Integer> partitions, @Nullable Long offset, String why) {
    log.atError()
        .setMessage("a newer version has written; the partitions are not read any further")
        .addKeyValue("channel", channel)
        .addKeyValue("partitions", partitions)
        .addKeyValue("offset", offset)
        .addKeyValue("reason", why)
        .log();
  }

  void putAway(ConsumerRecord<String, byte[]> record, RuntimeException why) {
    records.inc(channel, "dead-letter");
    log.atWarn()
        .setMessage("a record can't be used and was written to dead-letters")
        .addKeyValue("channel", channel)
        .addKeyValue("partition", record.topic() + "-" + record.partition())
        .addKeyValue("offset", record.offset())
        .addKeyValue("reason", why.getMessage())
        .log();
  }

  void notCommitted(RuntimeException why) {
    log.atWarn()
        .setMessage("offsets are not committed yet")
        .addKeyValue("channel", channel)
        .addKeyValue("reason", why.getMessage())
        .log();
  }
}
