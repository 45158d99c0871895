package io.causeline.correlator.streams;

import io.causeline.model.Json;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;

/** A value in a store of ours: a version byte, then JSON or, in small records, bytes. */
final class StoredValue {

  private static final byte JSON = 1;

  private StoredValue() {}

  static byte[] of(byte[] json) {
    return ByteBuffer.allocate(json.length + 1).put(JSON).put(json).array();
  }

  /**
   * The JSON within.
   *
   * @throws StoredStateException if another version of Causeline wrote it
   */
  static byte[] json(byte[] stored) {
    body(stored, JSON);
    return Arrays.copyOfRange(stored, 1, stored.length);
  }

  static <T> T read(byte[] stored, Class<T> type) {
    byte[] json = json(stored);
    try {
      return Json.read(json, type);
    } catch (IllegalArgumentException e) {
      throw new StoredStateException("a stored value cannot be read: " + e.getMessage(), e);
    }
  }

  /** What follows the version byte. */
  static ByteBuffer body(byte[] stored, byte version) {
    if (stored.length == 0 || stored[0] != version) {
      throw new StoredStateException(
          "a stored value has version "
              + (stored.length == 0 ? "none" : String.valueOf(stored[0]))
              + ", this process reads "
              + version
              + ": run the version of Causeline that wrote it, or a newer one");
    }
    return ByteBuffer.wrap(stored, 1, stored.length - 1);
  }

  /** The byte that stands for a word in small records: its first letter. */
  static byte letter(String word) {
    return (byte) word.charAt(0);
  }

  /** The constant whose word begins with this letter; their words begin with different ones. */
  static <E> E constant(E[] all, Function<E, String> word, byte letter) {
    for (E one : all) {
      if (letter(word.apply(one)) == letter) {
        return one;
      }
    }
    throw new StoredStateException("a stored value holds the unknown letter " + letter);
  }
}
