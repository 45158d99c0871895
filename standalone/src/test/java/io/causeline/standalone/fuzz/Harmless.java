package io.causeline.standalone.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

/** What may be shown to people and written to logs. */
final class Harmless {

  private Harmless() {}

  /** One line each, bounded, without what moves cursors or turns lines around. */
  static void check(String... texts) {
    for (String text : texts) {
      if (text != null) {
        assertThat(text).hasSizeLessThan(9000);
        checkPage(text.replace('\n', '\u0007'));
      }
    }
  }

  /** A text of several lines. */
  static void checkPage(String text) {
    assertThat(text).hasSizeLessThan(200_000);
    text.codePoints()
        .filter(c -> c != '\n')
        .forEach(
            c ->
                assertThat(
                        Character.isISOControl(c)
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.SURROGATE)
                    .as("U+%04X in %s", c, text)
                    .isFalse());
  }
}
