package io.causeline.model;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cleans text that comes from outside. Event messages, labels and names are hostile input: they may
 * be huge and may hold control characters, lone surrogates or direction overrides.
 */
public final class Text {

  /** What one timeline entry may say, in UTF-8 bytes. */
  public static final int MESSAGE_BYTES = 1024;

  /** Longest label, name or kind, in UTF-8 bytes; Kubernetes itself allows 253 for names. */
  public static final int LABEL_BYTES = 512;

  private static final String CUT = "…";

  private Text() {}

  /** A message: control characters become blanks, at most {@link #MESSAGE_BYTES} long. */
  public static String message(@Nullable String raw) {
    return cut(clean(raw), MESSAGE_BYTES);
  }

  /** A name, kind, reason or label value: one line, at most {@link #LABEL_BYTES} long. */
  public static String label(@Nullable String raw) {
    return cut(clean(raw), LABEL_BYTES);
  }

  /**
   * Drops what can't be shown: control and format characters (bidirectional overrides and
   * zero-width characters among them) become one blank, as does any run of white space; lone
   * surrogates become the replacement character.
   */
  public static String clean(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return "";
    }
    if (isPlain(raw)) {
      return raw;
    }
    StringBuilder out = new StringBuilder(Math.min(raw.length(), 8192));
    boolean blank = false;
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c)
          || Character.isISOControl(c)
          || Character.isSpaceChar(c)
          || Character.getType(c) == Character.FORMAT) {
        blank = out.length() > 0;
        continue;
      }
      if (blank) {
        out.append(' ');
        blank = false;
      }
      out.appendCodePoint(Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c);
    }
    return out.toString();
  }

  /** Cuts to at most {@code maxBytes} of UTF-8, at a code point, with an ellipsis where it cut. */
  public static String cut(String text, int maxBytes) {
    if (text.length() * 3L <= maxBytes
        || text.getBytes(StandardCharsets.UTF_8).length <= maxBytes) {
      return text;
    }
    int room = maxBytes - CUT.getBytes(StandardCharsets.UTF_8).length;
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      int size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes + size > room) {
        break;
      }
      bytes += size;
      end += Character.charCount(c);
    }
    return text.substring(0, end) + CUT;
  }

  /** Already clean ASCII with single blanks: the usual case, not copied. */
  private static boolean isPlain(String raw) {
    char before = ' ';
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) {
        return false;
      }
      before = c;
    }
    return before != ' ';
  }
}
