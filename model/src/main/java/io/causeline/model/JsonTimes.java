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
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Times in JSON: {@link Rfc3339} with milliseconds. That form is read where it stands in the
 * parser's buffer, since every signal has two times; any other form goes Jackson's way.
 */
final class JsonTimes {

  private static final int LENGTH = 24;
  private static final long SECONDS_OF_DAY = 86_400;

  private JsonTimes() {}

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
      out.writeString(Rfc3339.millis(value));
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
