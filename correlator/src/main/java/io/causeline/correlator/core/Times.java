package io.causeline.correlator.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times of which some may be none. */
final class Times {

  private Times() {}

  /** The earlier one; null only if both are. */
  static @Nullable Instant earliest(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }
}
