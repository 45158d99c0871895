package io.causeline.bridge.chat;

import io.causeline.bridge.chat.NotificationLog.NotificationLogException;
import io.causeline.model.Text;
import io.causeline.model.Topics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The {@code dead-letters} topic, for incidents that can't be used. */
final class KafkaDeadLetters implements IncidentFeed.DeadLetters {

  /** Half of what the topic takes, so that a dead letter is never refused itself. */
  private static final int MAX_VALUE_BYTES = Topics.MAX_RECORD_BYTES / 2;

  private final ChatKafka kafka;

  KafkaDeadLetters(ChatKafka kafka) {
    this.kafka = kafka;
  }

  @Override
  public void put(ConsumerRecord<String, byte[]> record, IllegalArgumentException why) {
    Map<String, String> headers = new HashMap<>();
    headers.put("causeline-origin-topic", record.topic());
    headers.put("causeline-origin-partition", String.valueOf(record.partition()));
    headers.put("causeline-origin-offset", String.valueOf(record.offset()));
    headers.put("causeline-reason", Text.message(why.getMessage()));
    byte[] value = record.value();
    if (value != null && value.length > MAX_VALUE_BYTES) {
      headers.put("causeline-cut-from", String.valueOf(value.length));
      value = Arrays.copyOf(value, MAX_VALUE_BYTES);
    }
    String key = record.key() == null ? "" : record.key();
    String what = record.topic() + "-" + record.partition() + " offset " + record.offset();
    try {
      kafka
          .write(Topics.DEAD_LETTERS, key, value, headers)
          .get(kafka.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new NotificationLogException(what + " can't be put into dead-letters", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotificationLogException(what + " may not be in dead-letters: stopping", e);
    }
  }
}
