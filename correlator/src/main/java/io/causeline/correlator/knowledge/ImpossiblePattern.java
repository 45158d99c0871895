package io.causeline.correlator.knowledge;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds patterns that no text can match, as far as their writing shows it: text before a {@code ^}
 * or after a {@code $}, and characters that the texts never hold. A pattern that it does not
 * understand counts as possible.
 */
final class ImpossiblePattern {

  /** What a pattern is matched against. */
  enum Subject {
    /** Cleaned: one line, single blanks. */
    MESSAGE,
    /** Of an object or a namespace: no blanks at all. */
    NAME
  }

  private final String text;
  private final Subject subject;
  private int at;
  private @Nullable String reason;

  private ImpossiblePattern(String text, Subject subject) {
    this.text = text;
    this.subject = subject;
  }

  /** Why nothing can match it; null if something may. */
  static @Nullable String why(@Nullable Pattern pattern, Subject subject) {
    if (pattern == null) {
      return null;
    }
    ImpossiblePattern reader = new ImpossiblePattern(pattern.pattern(), subject);
    try {
      Part whole = reader.alternatives();
      return whole.possible() || reader.at < reader.text.length() ? null : reader.reason;
    } catch (NotUnderstoodException | StringIndexOutOfBoundsException e) {
      return null;
    }
  }

  /**
   * A part of a pattern.
   *
   * @param possible whether any text can match it
   * @param consumes whether it needs at least one character
   */
  private record Part(boolean possible, boolean consumes) {
    static final Part NOTHING = new Part(true, false);
    static final Part CHARACTER = new Part(true, true);
    static final Part NEVER = new Part(false, true);
  }

  /** Writing that this reader leaves to RE2. */
  private static final class NotUnderstoodException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private Part alternatives() throws NotUnderstoodException {
    boolean possible = false;
    boolean consumes = true;
    while (true) {
      Part one = sequence();
      possible |= one.possible();
      consumes &= one.consumes() || !one.possible();
      if (at >= text.length() || text.charAt(at) != '|') {
        return new Part(possible, consumes);
      }
      at++;
    }
  }

  private Part sequence() throws NotUnderstoodException {
    boolean possible = true;
    boolean consumed = false;
    boolean ended = false;
    boolean blank = false;
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      char c = text.charAt(at);
      if (c == '^') {
        at++;
        possible &= !consumed || because("something stands before '^', the beginning of the text");
        continue;
      }
      if (c == '$') {
        at++;
        ended = true;
        continue;
      }
      boolean plainBlank = c == ' ';
      Part atom = atom();
      boolean optional = quantifier();
      if (optional) {
        blank = false;
        continue;
      }
      possible &= atom.possible();
      possible &=
          !(ended && atom.consumes()) || because("something stands after '$', the end of the text");
      possible &=
          !(plainBlank && blank && subject == Subject.MESSAGE)
              || because("messages hold single blanks only: write one");
      consumed |= atom.consumes();
      blank = plainBlank;
    }
    return new Part(possible, consumed);
  }

  private Part atom() throws NotUnderstoodException {
    char c = text.charAt(at++);
    return switch (c) {
      case '(' -> group();
      case '[' -> characterClass();
      case '\\' -> escape();
      case ' ' ->
          subject == Subject.NAME && !because("names hold no blanks") ? Part.NEVER : Part.CHARACTER;
      case '*', '+', '?' -> throw new NotUnderstoodException();
      default -> Part.CHARACTER;
    };
  }

  private Part group() throws NotUnderstoodException {
    if (text.startsWith("?:", at)) {
      at += 2;
    } else if (text.startsWith("?P<", at) || text.startsWith("?<", at)) {
      at = text.indexOf('>', at) + 1;
    } else if (text.charAt(at) == '?') {
      throw new NotUnderstoodException(); // flags may change what ^, $ and blanks mean
    }
    Part inside = alternatives();
    if (text.charAt(at) != ')') {
      throw new NotUnderstoodException();
    }
    at++;
    return inside;
  }

  private Part characterClass() throws NotUnderstoodException {
    if (text.charAt(at) == '^') {
      at++;
    }
    if (text.charAt(at) == ']') {
      at++;
    }
    while (text.charAt(at) != ']') {
      if (text.charAt(at) == '[') {
        throw new NotUnderstoodException();
      }
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
    return Part.CHARACTER;
  }

  private Part escape() throws NotUnderstoodException {
    char c = text.charAt(at++);
    if ("nrtfv".indexOf(c) >= 0) {
      because("the texts are one line without tabs: write a blank");
      return Part.NEVER;
    }
    if (c == 'b' || c == 'B' || c == 'A') {
      return Part.NOTHING;
    }
    if (Character.isLetterOrDigit(c) && "dDwWsS".indexOf(c) < 0) {
      throw new NotUnderstoodException();
    }
    return Part.CHARACTER;
  }

  /** Reads what follows an atom; whether the atom may be absent. */
  private boolean quantifier() throws NotUnderstoodException {
    if (at >= text.length()) {
      return false;
    }
    char c = text.charAt(at);
    boolean optional = c == '*' || c == '?';
    if (c == '{' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1))) {
      optional = text.charAt(at + 1) == '0';
      at = text.indexOf('}', at);
      if (at < 0) {
        throw new NotUnderstoodException();
      }
    } else if (!optional && c != '+') {
      return false;
    }
    at++;
    if (at < text.length() && text.charAt(at) == '?') {
      at++;
    }
    return optional;
  }

  /** Remembers a reason; false, since a part with a reason is impossible. */
  private boolean because(String why) {
    if (reason == null) {
      reason = why;
    }
    return false;
  }
}
