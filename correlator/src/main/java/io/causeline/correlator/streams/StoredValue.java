package io.causeline.correlator.streams;

import io.causeline.model.Json;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A value in a store of ours: a version byte, then JSON. */
final class StoredValue {

  private static final byte VERSION = 1;

  private StoredValue() {}

  static byte[] of(byte[] json) {
    return ByteBuffer.allocate(json.length + 1).put(VERSION).put(json).array();
  }

  static byte[] of(Object value) {
    return of(Json.bytes(value));
  }

  /**
   * The JSON within.
   *
   * @throws StoredStateException if another version of Causeline wrote it
   */
  static byte[] json(byte[] stored) {
    if (stored.length == 0 || stored[0] != VERSION) {
      throw new StoredStateException(
          "a stored value has version "
              + (stored.length == 0 ? "none" : String.valueOf(stored[0]))
              + ", this process reads "
              + VERSION
              + ": run the version of Causeline that wrote it, or a newer one");
    }
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
}
