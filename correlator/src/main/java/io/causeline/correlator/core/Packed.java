package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes small state records: numbers in as few bytes as they need, words and objects that come
 * again by their number. {@link Unpacked} reads in the same order.
 */
final class Packed {

  private byte[] bytes = new byte[64];
  private int size;

  /** What may come again; most records have nothing of the kind. */
  private @Nullable Map<Object, Integer> known;

  byte[] take() {
    return Arrays.copyOf(bytes, size);
  }

  private void put(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = (byte) value;
  }

  /** Zero or more. */
  Packed number(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      put((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    put((int) left);
    return this;
  }

  private Packed signed(long value) {
    return number((value << 1) ^ (value >> 63));
  }

  Packed flag(boolean value) {
    put(value ? 1 : 0);
    return this;
  }

  Packed text(@Nullable String text) {
    if (text == null) {
      return number(0);
    }
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  Packed bytes(byte @Nullable [] value) {
    if (value == null) {
      return number(0);
    }
    number(value.length + 1L);
    if (size + value.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + value.length));
    }
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** A text that may come again. */
  Packed word(@Nullable String word) {
    if (word == null) {
      return number(0);
    }
    return isNew(word) ? text(word) : this;
  }

  /** An object that may come again. */
  Packed entity(EntityRef entity) {
    return isNew(entity) ? word(entity.kind()).word(entity.namespace()).word(entity.name()) : this;
  }

  /** Writes the number of what is known; else 1, and it is known from now on. */
  private boolean isNew(Object value) {
    known = known == null ? new HashMap<>() : known;
    Integer number = known.get(value);
    if (number != null) {
      number(number);
      return false;
    }
    known.put(value, known.size() + 2);
    number(1);
    return true;
  }

  Packed time(@Nullable Instant time) {
    flag(time != null);
    return time == null ? this : signed(time.getEpochSecond()).number(time.getNano());
  }

  Packed duration(@Nullable Duration duration) {
    flag(duration != null);
    return duration == null ? this : signed(duration.getSeconds()).number(duration.getNano());
  }

  <T> Packed list(Collection<T> values, BiConsumer<Packed, T> each) {
    number(values.size());
    values.forEach(value -> each.accept(this, value));
    return this;
  }
}
