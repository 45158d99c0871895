package io.causeline.correlator.core;

import com.google.re2j.Pattern;

/**
 * What is left of a message without what varies from one repeat to the next: ids, addresses, long
 * numbers. Codes of a few digits stay: 403 and 429 are different faults.
 */
final class MessageClass {

  static final Pattern VARIABLE =
      Pattern.compile(
          "(?i)(request ?id: ?\\S+"
              + "|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
              + "|\\b[0-9a-f]{12,64}\\b"
              + "|\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(:\\d+)?"
              + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\S*"
              + "|\\b\\d+(\\.\\d+)?(ms|s|m|h)\\b"
              + "|\\d{5,})");

  /** The shortest run of hexadecimal digits that may be (part of) an id. */
  private static final int HEX = 8;

  /** So many digits are no code any more. */
  private static final int LONG = 5;

  private static final int YEAR = 4;

  private MessageClass() {}

  static String of(String message) {
    return mayVary(message) ? VARIABLE.matcher(message).replaceAll("#") : message;
  }

  /** Whether anything in it looks like what varies: most messages need no closer look. */
  private static boolean mayVary(String message) {
    int hex = 0;
    int digits = 0;
    boolean begins = false;
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      hex = digit || isIn(c, "abcdef") ? hex + 1 : 0;
      if (digit) {
        begins = digits == 0 ? i == 0 || !isWord(message.charAt(i - 1)) : begins;
        digits++;
      } else {
        // A unit stands at the end of a word; other letters than ASCII's are taken for anything.
        boolean unit =
            c > 127
                || (isIn(c, "msh")
                    && (i + 1 == message.length() || isAfterUnit(message.charAt(i + 1))));
        boolean amount = begins && digits > 0 && (c == '.' || unit);
        if (amount || (c == '-' && digits >= YEAR)) {
          return true;
        }
        digits = 0;
      }
      if (hex >= HEX || digits >= LONG) {
        return true;
      }
      if (isIn(c, "q") && mentionsRequest(message, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(char c, String letters) {
    char lower = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    // Whatever a pattern that ignores case may take for one of these counts.
    return c > 127
        ? Character.toLowerCase(Character.toUpperCase(c)) < 128
        : letters.indexOf(lower) >= 0;
  }

  private static boolean isAfterUnit(char c) {
    return c == 's' || c == 'S' || !isWord(c);
  }

  private static boolean isWord(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '_');
  }

  private static boolean mentionsRequest(String message, int q) {
    return q >= 2
        && isIn(message.charAt(q - 2), "r")
        && isIn(message.charAt(q - 1), "e")
        && q + 1 < message.length()
        && isIn(message.charAt(q + 1), "u");
  }
}
