package io.causeline.correlator.streams;

import io.causeline.model.Json;
import io.causeline.model.Text;
import io.causeline.model.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used, as it goes to {@code dead-letters}: key, value and headers as
 * they were, and headers that say where it comes from and why.
 */
final class DeadLetter {

  static final String TOPIC = "causeline-origin-topic";
  static final String PARTITION = "causeline-origin-partition";
  static final String OFFSET = "causeline-origin-offset";
  static final String TIMESTAMP = "causeline-origin-timestamp";
  static final String FAULT = "causeline-fault";
  static final String REASON = "causeline-reason";
  static final String STACK = "causeline-stack";

  /** How many bytes the value had, where only its beginning is kept. */
  static final String CUT_FROM = "causeline-cut-from";

  /** How many of its headers had no room. */
  static final String HEADERS_DROPPED = "causeline-headers-dropped";

  private static final String OURS = "causeline-";
  private static final int STACK_BYTES = 8 * 1024;

  /** Leaves room for keys and headers below what the topic accepts. */
  private static final int MAX_VALUE_BYTES = Topics.MAX_RECORD_BYTES - 128 * 1024;

  private static final int MAX_HEADERS_BYTES = 64 * 1024;
  private static final int MAX_KEY_BYTES = 16 * 1024;

  private DeadLetter() {}

  /**
   * Makes one.
   *
   * @param now becomes its timestamp: topics delete by it
   */
  static Record<byte[], byte[]> of(
      Record<byte[], byte[]> record, RecordMetadata origin, BadRecordException why, Instant now) {
    Headers headers = originals(record.headers());
    put(headers, TOPIC, origin.topic());
    put(headers, PARTITION, String.valueOf(origin.partition()));
    put(headers, OFFSET, String.valueOf(origin.offset()));
    put(headers, TIMESTAMP, Json.time(Instant.ofEpochMilli(record.timestamp())));
    put(headers, FAULT, why.fault().word());
    put(headers, REASON, Text.message(why.getMessage()));
    put(headers, STACK, stack(why));
    byte[] value = record.value();
    if (value != null && value.length > MAX_VALUE_BYTES) {
      put(headers, CUT_FROM, String.valueOf(value.length));
    }
    return new Record<>(
        first(record.key(), MAX_KEY_BYTES),
        first(value, MAX_VALUE_BYTES),
        now.toEpochMilli(),
        headers);
  }

  /** Without ours, which a dead letter that was sent again still carries. */
  private static Headers originals(Headers headers) {
    RecordHeaders kept = new RecordHeaders();
    int bytes = 0;
    int dropped = 0;
    for (Header header : headers) {
      boolean ours = header.key().startsWith(OURS) && !header.key().equals(Topics.SCHEMA_HEADER);
      if (ours) {
        continue;
      }
      bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
      if (bytes <= MAX_HEADERS_BYTES) {
        kept.add(header);
      } else {
        dropped++;
      }
    }
    if (dropped > 0) {
      put(kept, HEADERS_DROPPED, String.valueOf(dropped));
    }
    return kept;
  }

  private static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String stack(Throwable why) {
    StringWriter text = new StringWriter();
    why.printStackTrace(new PrintWriter(text));
    return Text.cut(text.toString(), STACK_BYTES);
  }

  // Kafka's own types have no null-annotations: keys and values may be null.
  @SuppressWarnings("NullAway")
  private static byte[] first(byte @Nullable [] bytes, int most) {
    return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
  }
}
