package io.causeline.correlator.knowledge;

/**
 * A text for people in both languages. It may hold placeholders in braces, see {@link
 * Placeholders}.
 */
public record LocalText(String en, String zh) {

  /** The text in this language. */
  public String in(Language language) {
    return language == Language.ZH ? zh : en;
  }

  /** A language that Causeline speaks. */
  public enum Language {
    EN,
    ZH
  }
}
