package io.causeline.correlator.core;

import io.causeline.model.ObjectSnapshot;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads counts out of attributes. */
final class Numbers {

  private Numbers() {}

  /** The attribute as a count; empty if it is absent or none. */
  static OptionalInt of(ObjectSnapshot snapshot, String attribute) {
    return of(snapshot.attribute(attribute));
  }

  /** The text as a count; empty if it is none. */
  static OptionalInt of(@Nullable String text) {
    return text != null && text.length() <= 9 && ServicePort.isNumber(text)
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
