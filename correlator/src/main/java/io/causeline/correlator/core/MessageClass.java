package io.causeline.correlator.core;

import com.google.re2j.Pattern;

/**
 * What is left of a message without what varies from one repeat to the next: ids, addresses, long
 * numbers. Codes of a few digits stay: 403 and 429 are different faults.
 */
final class MessageClass {

  /**
   * What varies, as an expression: what {@link #of} takes out by hand, since it sees each event.
   */
  static final Pattern VARIABLE =
      Pattern.compile(
          "(?i)(request ?id: ?\\S+"
              + "|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
              + "|\\b[0-9a-f]{12,64}\\b"
              + "|\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(:\\d+)?"
              + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\S*"
              + "|\\b\\d+(\\.\\d+)?(ms|s|m|h)\\b"
              + "|\\d{5,})");

  private static final int[] UUID = {8, 4, 4, 4, 12};
  private static final String REQUEST = "request";
  private static final int LEAST_HASH = 12;
  private static final int MOST_HASH = 64;
  private static final int LONG = 5;

  private final String text;

  private MessageClass(String text) {
    this.text = text;
  }

  static String of(String message) {
    for (int i = 0; i < message.length(); i++) {
      if (message.charAt(i) > 127) {
        // Which letters are the same but for their case is the expression's to say.
        return VARIABLE.matcher(message).replaceAll("#");
      }
    }
    return new MessageClass(message).withoutVariable();
  }

  private String withoutVariable() {
    StringBuilder out = null;
    int copied = 0;
    int at = 0;
    while (at < text.length()) {
      int end = isDigit(at) || isHex(at) || isLetter(at, 'r') ? variableEnd(at) : -1;
      if (end < 0) {
        at++;
        continue;
      }
      out = out == null ? new StringBuilder(text.length()) : out;
      out.append(text, copied, at).append('#');
      at = end;
      copied = end;
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  /** Where what varies and begins here ends, the first way that fits; negative if none does. */
  private int variableEnd(int from) {
    int end = requestEnd(from);
    end = end < 0 ? uuidEnd(from) : end;
    boolean begins = from == 0 || !isWord(from - 1);
    end = end < 0 && begins ? hashEnd(from) : end;
    if (end >= 0 || !isDigit(from)) {
      return end;
    }
    end = begins ? addressEnd(from) : -1;
    end = end < 0 ? timeEnd(from) : end;
    end = end < 0 && begins ? amountEnd(from) : end;
    int digits = digits(from, text.length());
    return end < 0 && digits >= LONG ? from + digits : end;
  }

  private int requestEnd(int from) {
    if (!text.regionMatches(true, from, REQUEST, 0, REQUEST.length())) {
      return -1;
    }
    int at = optional(from + REQUEST.length(), ' ');
    if (!text.regionMatches(true, at, "id:", 0, 3)) {
      return -1;
    }
    at = optional(at + 3, ' ');
    int end = wordEnd(at);
    return end > at ? end : -1;
  }

  private int uuidEnd(int from) {
    int at = from;
    for (int part = 0; part < UUID.length; part++) {
      if (part > 0) {
        if (!is(at, '-')) {
          return -1;
        }
        at++;
      }
      for (int i = 0; i < UUID[part]; i++, at++) {
        if (!isHex(at)) {
          return -1;
        }
      }
    }
    return at;
  }

  private int hashEnd(int from) {
    int at = from;
    while (isHex(at)) {
      at++;
    }
    int length = at - from;
    return length >= LEAST_HASH && length <= MOST_HASH && !isWord(at) ? at : -1;
  }

  private int addressEnd(int from) {
    int at = from;
    for (int part = 0; part < 4; part++) {
      if (part > 0) {
        if (!is(at, '.')) {
          return -1;
        }
        at++;
      }
      int digits = digits(at, 3);
      if (digits == 0) {
        return -1;
      }
      at += digits;
    }
    int port = is(at, ':') ? digits(at + 1, text.length()) : 0;
    return port > 0 ? at + 1 + port : at;
  }

  private int timeEnd(int from) {
    String form = "0000-00-00T00:00:00";
    for (int i = 0; i < form.length(); i++) {
      char wanted = form.charAt(i);
      boolean fits = wanted == '0' ? isDigit(from + i) : isLetter(from + i, wanted);
      if (!fits) {
        return -1;
      }
    }
    return wordEnd(from + form.length());
  }

  private int amountEnd(int from) {
    int at = from + digits(from, text.length());
    int fraction = is(at, '.') ? digits(at + 1, text.length()) : 0;
    at += fraction > 0 ? fraction + 1 : 0;
    int unit =
        isLetter(at, 'm') && isLetter(at + 1, 's')
            ? 2
            : isLetter(at, 's') || isLetter(at, 'm') || isLetter(at, 'h') ? 1 : 0;
    return unit > 0 && !isWord(at + unit) ? at + unit : -1;
  }

  private int optional(int at, char c) {
    return is(at, c) ? at + 1 : at;
  }

  /** How many digits stand here, at most so many. */
  private int digits(int from, int most) {
    int count = 0;
    while (count < most && isDigit(from + count)) {
      count++;
    }
    return count;
  }

  /** The end of what is no blank. */
  private int wordEnd(int from) {
    int at = from;
    while (at < text.length() && "\t\n\f\r ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private boolean is(int at, char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  /** In either case; a character that is no letter is itself. */
  private boolean isLetter(int at, char c) {
    return at < text.length() && lower(text.charAt(at)) == lower(c);
  }

  private boolean isDigit(int at) {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private boolean isHex(int at) {
    if (at >= text.length()) {
      return false;
    }
    char c = lower(text.charAt(at));
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private boolean isWord(int at) {
    if (at < 0 || at >= text.length()) {
      return false;
    }
    char c = lower(text.charAt(at));
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_';
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }
}
