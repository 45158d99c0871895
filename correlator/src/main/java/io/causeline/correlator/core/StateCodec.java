package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import io.causeline.model.Json;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * State records: a key that begins with what it is, a value that begins with its version. What
 * comes often is {@link Packed}, the rest is JSON. The record {@code feed} is for those who read
 * incidents.
 */
final class StateCodec {

  static final String CLOCK = "clock";
  static final String FEED = "feed";
  static final String OBJECT = "object/";
  static final String LEARNED = "learned/";
  static final String EPISODE = "episode/";

  /** {@code seen/entry/uid}: when, and how often, an Event of an entry was seen. */
  static final String SEEN = "seen/";

  static final String INCIDENT = "incident/";

  /** {@code member/entry}: which incident an entry belongs to. */
  static final String MEMBER = "member/";

  /** {@code structure/change}: since when a split or merge is seen that is not made yet. */
  static final String STRUCTURE = "structure/";

  /** There while entries wait to be read anew. */
  static final String STALE = "stale";

  private static final byte VERSION = 2;

  private StateCodec() {}

  static byte[] encode(Object value) {
    byte[] json = Json.bytes(value);
    byte[] out = new byte[json.length + 1];
    out[0] = VERSION;
    System.arraycopy(json, 0, out, 1, json.length);
    return out;
  }

  static <T> T decode(String key, byte[] value, Class<T> type) {
    requireVersion(key, value);
    return Json.read(Arrays.copyOfRange(value, 1, value.length), type);
  }

  /** To write a small record with: the version comes first. */
  static Packed packed() {
    return new Packed().number(VERSION);
  }

  /** To read a small record with. */
  static Unpacked unpacked(String key, byte[] value) {
    requireVersion(key, value);
    return new Unpacked(value, 1);
  }

  private static void requireVersion(String key, byte[] value) {
    if (value.length > 0 && value[0] == VERSION) {
      return;
    }
    boolean older = value.length > 0 && value[0] < VERSION;
    throw new IllegalStateException(
        "state record "
            + key
            + " has version "
            + (value.length == 0 ? "none" : String.valueOf(value[0]))
            + ", this Causeline reads "
            + VERSION
            + (older
                ? ": it was written before the first release; reset the correlator's application"
                    + " (its changelog topics and committed offsets)"
                : ": it was written by a newer one, run that"));
  }

  static <T> void write(
      Map<String, Optional<T>> changed,
      String prefix,
      Function<T, byte[]> encoding,
      BiConsumer<String, byte @Nullable []> out) {
    changed.forEach((key, value) -> out.accept(prefix + key, value.map(encoding).orElse(null)));
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
