package io.causeline.correlator.core;

import com.google.re2j.Pattern;
import io.causeline.correlator.knowledge.TextIndex;
import org.jspecify.annotations.Nullable;

/** A text that is looked at once, when the first pattern asks for it. Not thread-safe. */
final class Looked {

  private final TextIndex texts;
  private final @Nullable String text;
  private TextIndex.@Nullable Text seen;

  /**
   * A text that may be asked for.
   *
   * @param text null where there is none
   */
  Looked(TextIndex texts, @Nullable String text) {
    this.texts = texts;
    this.text = text;
  }

  /** Whether the pattern is found in it; none is found in any. */
  boolean holds(@Nullable Pattern pattern) {
    if (pattern == null || text == null) {
      return pattern == null;
    }
    TextIndex.Text looked = seen == null ? texts.look(text) : seen;
    seen = looked;
    return looked.holds(pattern);
  }
}
