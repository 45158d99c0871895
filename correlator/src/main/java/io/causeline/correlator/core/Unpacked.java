package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Packed} wrote, in the same order. */
final class Unpacked {

  private final byte[] bytes;
  private int at;
  private final List<Object> known = new ArrayList<>();

  /** Reads from {@code offset} on. */
  Unpacked(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.at = offset;
  }

  private int next() {
    if (at >= bytes.length) {
      throw new IllegalStateException("a state record of " + bytes.length + " bytes is cut off");
    }
    return bytes[at++];
  }

  long number() {
    long value = 0;
    int shift = 0;
    int part;
    do {
      part = next();
      value |= (part & 0x7FL) << shift;
      shift += 7;
    } while ((part & 0x80) != 0);
    return value;
  }

  private long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  boolean flag() {
    return next() != 0;
  }

  @Nullable String text() {
    byte @Nullable [] text = bytes();
    return text == null ? null : new String(text, StandardCharsets.UTF_8);
  }

  /** A text that is always there. */
  String someText() {
    return some(text());
  }

  byte @Nullable [] bytes() {
    int length = (int) number() - 1;
    if (length < 0) {
      return null;
    }
    if (at + length > bytes.length) {
      throw new IllegalStateException("a state record of " + bytes.length + " bytes is cut off");
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  @Nullable String word() {
    int number = (int) number();
    if (number == 0) {
      return null;
    }
    if (number > 1) {
      return (String) known.get(number - 2);
    }
    int place = known.size();
    known.add("");
    String word = someText();
    known.set(place, word);
    return word;
  }

  /** A word that is always there. */
  String someWord() {
    return some(word());
  }

  EntityRef entity() {
    int number = (int) number();
    if (number > 1) {
      return (EntityRef) known.get(number - 2);
    }
    int place = known.size();
    known.add("");
    EntityRef entity = EntityRef.of(someWord(), word(), someWord());
    known.set(place, entity);
    return entity;
  }

  @Nullable Instant time() {
    return flag() ? Instant.ofEpochSecond(signed(), number()) : null;
  }

  /** A time that is always there. */
  Instant someTime() {
    return some(time());
  }

  @Nullable Duration duration() {
    return flag() ? Duration.ofSeconds(signed(), number()) : null;
  }

  /** A duration that is always there. */
  Duration someDuration() {
    return some(duration());
  }

  <T> List<T> list(Function<Unpacked, T> each) {
    int size = (int) number();
    List<T> out = new ArrayList<>(Math.min(size, bytes.length));
    for (int i = 0; i < size; i++) {
      out.add(each.apply(this));
    }
    return out;
  }

  private static <T> T some(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a state record lacks what must be there");
    }
    return value;
  }
}
