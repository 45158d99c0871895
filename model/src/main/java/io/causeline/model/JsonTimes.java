package io.causeline.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * RFC 3339 UTC with milliseconds, {@code 2026-01-01T12:00:00.000Z}: written and read by hand where
 * that is all there is to it, since every signal has two times and every incident dozens, and the
 * JDK's formatters take longer than the rest of the JSON. Any other form goes their way.
 */
final class JsonTimes {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final int LENGTH = 24;
  private static final long SECONDS_OF_DAY = 86_400;

  /** 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z: between them a year has four digits. */
  private static final long FIRST = -62_167_219_200L;

  private static final long LAST = 253_402_300_799L;

  private JsonTimes() {}

  static String format(Instant time) {
    long second = time.getEpochSecond();
    if (second < FIRST || second > LAST) {
      return MILLIS.format(time);
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_OF_DAY));
    int ofDay = (int) Math.floorMod(second, SECONDS_OF_DAY);
    byte[] out = new byte[LENGTH];
    put(out, 0, date.getYear(), 4);
    out[4] = '-';
    put(out, 5, date.getMonthValue(), 2);
    out[7] = '-';
    put(out, 8, date.getDayOfMonth(), 2);
    out[10] = 'T';
    put(out, 11, ofDay / 3600, 2);
    out[13] = ':';
    put(out, 14, ofDay / 60 % 60, 2);
    out[16] = ':';
    put(out, 17, ofDay % 60, 2);
    out[19] = '.';
    put(out, 20, time.getNano() / 1_000_000, 3);
    out[23] = 'Z';
    return new String(out, StandardCharsets.ISO_8859_1);
  }

  private static void put(byte[] out, int at, int value, int digits) {
    int left = value;
    for (int i = at + digits - 1; i >= at; i--) {
      out[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  /** The time that these characters are in that very form; else null. */
  static @Nullable Instant parse(char[] text, int from, int length) {
    if (length != LENGTH
        || text[from + 4] != '-'
        || text[from + 7] != '-'
        || text[from + 10] != 'T'
        || text[from + 13] != ':'
        || text[from + 16] != ':'
        || text[from + 19] != '.'
        || text[from + 23] != 'Z') {
      return null;
    }
    int year = number(text, from, 4);
    int month = number(text, from + 5, 2);
    int day = number(text, from + 8, 2);
    int hour = number(text, from + 11, 2);
    int minute = number(text, from + 14, 2);
    int second = number(text, from + 17, 2);
    int millis = number(text, from + 20, 3);
    // Days that not every month has, leap seconds and midnight as 24:00 are the JDK's to judge.
    boolean plain =
        year >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= 28 + (month == 2 ? 0 : 2)
            && hour >= 0
            && hour <= 23
            && minute >= 0
            && minute <= 59
            && second >= 0
            && second <= 59
            && millis >= 0;
    return plain
        ? Instant.ofEpochSecond(
            LocalDate.of(year, month, day).toEpochDay() * SECONDS_OF_DAY
                + hour * 3600L
                + minute * 60L
                + second,
            millis * 1_000_000L)
        : null;
  }

  /** Negative where one of them is no digit. */
  private static int number(char[] text, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      char c = text[i];
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  static final class Serializer extends StdSerializer<Instant> {

    private static final long serialVersionUID = 1;

    Serializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(format(value));
    }
  }

  static final class Deserializer extends StdScalarDeserializer<Instant> {

    private static final long serialVersionUID = 1;

    Deserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (in.currentToken() == JsonToken.VALUE_STRING) {
        Instant time = parse(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
        if (time != null) {
          return time;
        }
      }
      return InstantDeserializer.INSTANT.deserialize(in, context);
    }
  }
}
