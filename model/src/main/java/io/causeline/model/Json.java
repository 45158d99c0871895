package io.causeline.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * JSON as Causeline writes it: times as RFC 3339 UTC with milliseconds, durations as ISO 8601; and
 * as it reads it: unknown fields ignored.
 */
public final class Json {

  /** Later times cannot be told in RFC 3339, and nobody means them. */
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final ObjectMapper MAPPER = newMapper();

  private static final EventReader EVENTS = new EventReader(MAPPER.getFactory());

  private Json() {}

  /** The shared mapper; do not reconfigure it. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** RFC 3339 UTC with milliseconds. */
  public static String time(Instant instant) {
    return Rfc3339.millis(instant);
  }

  /** UTF-8 JSON of a value of ours. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if {@code json} is not such a value, saying where
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new IllegalArgumentException("null is not a " + type.getSimpleName());
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "not a " + type.getSimpleName() + ": " + Text.message(e.getMessage()), e);
    } catch (NullPointerException e) {
      throw new IllegalArgumentException(
          "not a " + type.getSimpleName() + ": a field that it needs is missing", e);
    }
  }

  /**
   * The signal, if it is an event in the form in which Causeline writes them, with all that an
   * event needs; else empty: then {@link #read} tells what it is, or what is wrong with it.
   */
  public static Optional<KubernetesEvent> usualEvent(byte[] json) {
    return Optional.ofNullable(EVENTS.read(json));
  }

  private static ObjectMapper newMapper() {
    SimpleModule times = new SimpleModule("causeline-times");
    times.addSerializer(Instant.class, new JsonTimes.Serializer());
    times.addDeserializer(Instant.class, new JsonTimes.Deserializer());
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(12 * 1024 * 1024)
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .addModule(new JavaTimeModule())
        .addModule(times)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .build();
  }
}
