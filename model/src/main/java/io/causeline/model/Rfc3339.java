package io.causeline.model;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Times of RFC 3339 as text, both ways. The usual forms are written and read digit by digit, since
 * each signal holds several and Java's own formatters cost more than all else in a time; the rest
 * is left to those.
 */
public final class Rfc3339 {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Of the years with four digits, in seconds. */
  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  /** {@code 2026-01-01T12:00:00}. */
  private static final int SECONDS = 19;

  private Rfc3339() {}

  /** UTC with milliseconds; what is finer is cut. */
  public static String millis(Instant time) {
    long second = time.getEpochSecond();
    if (second < FIRST || second > LAST) {
      return MILLIS.format(time);
    }
    LocalDateTime at = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    byte[] out = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.ISO_8859_1);
    put(out, 0, 4, at.getYear());
    put(out, 5, 2, at.getMonthValue());
    put(out, 8, 2, at.getDayOfMonth());
    put(out, 11, 2, at.getHour());
    put(out, 14, 2, at.getMinute());
    put(out, 17, 2, at.getSecond());
    put(out, 20, 3, time.getNano() / 1_000_000);
    return new String(out, StandardCharsets.ISO_8859_1);
  }

  /**
   * Reads a time with any offset.
   *
   * @throws DateTimeException if it is none
   */
  public static Instant parse(String text) {
    Instant usual = usual(text);
    return usual == null ? OffsetDateTime.parse(text).toInstant() : usual;
  }

  /** A time in UTC with or without a fraction; null for all else, right or wrong. */
  private static @Nullable Instant usual(String text) {
    int end = text.length() - 1;
    if (end < SECONDS
        || end > SECONDS + 10
        || text.charAt(end) != 'Z'
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return null;
    }
    int nanos = 0;
    if (end > SECONDS) {
      int digits = end - SECONDS - 1;
      nanos = text.charAt(SECONDS) == '.' && digits > 0 ? get(text, SECONDS + 1, digits) : -1;
      for (int i = digits; i < 9 && nanos > 0; i++) {
        nanos *= 10;
      }
    }
    int year = get(text, 0, 4);
    int month = get(text, 5, 2);
    int day = get(text, 8, 2);
    int hour = get(text, 11, 2);
    int minute = get(text, 14, 2);
    int second = get(text, 17, 2);
    if ((year | month | day | hour | minute | second | nanos) < 0
        || month < 1
        || month > 12
        || day < 1
        || day > (month == 2 ? 28 : 30)
        || hour > 23
        || minute > 59
        || second > 59) {
      return null;
    }
    return LocalDateTime.of(year, month, day, hour, minute, second, nanos)
        .toInstant(ZoneOffset.UTC);
  }

  private static int get(String text, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static void put(byte[] out, int from, int digits, int value) {
    int left = value;
    for (int i = from + digits - 1; i >= from; i--) {
      out[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }
}
