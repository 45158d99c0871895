package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import io.causeline.model.Json;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * State records: a key that begins with what it is, a value that begins with its version. The
 * record {@code feed} is for those who read incidents.
 */
final class StateCodec {

  static final String CLOCK = "clock";
  static final String FEED = "feed";
  static final String OBJECT = "object/";
  static final String LEARNED = "learned/";
  static final String EPISODE = "episode/";
  static final String INCIDENT = "incident/";

  private static final byte VERSION = 1;

  private StateCodec() {}

  static byte[] encode(Object value) {
    byte[] json = Json.bytes(value);
    byte[] out = new byte[json.length + 1];
    out[0] = VERSION;
    System.arraycopy(json, 0, out, 1, json.length);
    return out;
  }

  static <T> T decode(String key, byte[] value, Class<T> type) {
    if (value.length == 0 || value[0] != VERSION) {
      throw new IllegalStateException(
          "state record "
              + key
              + " has version "
              + (value.length == 0 ? "none" : String.valueOf(value[0]))
              + ", this Causeline reads "
              + VERSION
              + ": it was written by a newer one, run that");
    }
    return Json.read(Arrays.copyOfRange(value, 1, value.length), type);
  }

  static <T> void write(
      Map<String, Optional<T>> changed, String prefix, BiConsumer<String, byte @Nullable []> out) {
    changed.forEach(
        (key, value) -> out.accept(prefix + key, value.map(StateCodec::encode).orElse(null)));
  }

  static <T> void writeEntities(
      Map<EntityRef, Optional<T>> changed,
      String prefix,
      BiConsumer<String, byte @Nullable []> out) {
    changed.forEach(
        (entity, value) ->
            out.accept(prefix + entity.path(), value.map(StateCodec::encode).orElse(null)));
  }
}
