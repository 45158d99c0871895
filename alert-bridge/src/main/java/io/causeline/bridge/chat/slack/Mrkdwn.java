package io.causeline.bridge.chat.slack;

import io.causeline.bridge.chat.WebLink;
import io.causeline.model.Text;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Puts hostile text into Slack's mrkdwn so that it stays text: {@code & < >} as entities (which
 * takes the power from every {@code <!channel>}, {@code <@U…>} and {@code <url|name>}), the
 * characters of bold, italic, strike and code replaced by look-alikes where they could begin one,
 * {@code @here} and {@code :emoji:} broken by an invisible joiner. Control characters are gone
 * before (see {@link Text#clean}). Lengths are those of what comes out, and a cut never goes
 * through an entity.
 *
 * <p>Bare addresses are not touched here: the blocks that hold this text are sent with {@code
 * verbatim}, with which Slack makes no links of its own. Where there is no such flag use {@link
 * #defanged}.
 */
final class Mrkdwn {

  private static final String CUT = "…";
  private static final String JOINER = "\u2060";
  private static final Pattern MENTION = Pattern.compile("@(?=\\p{L})");
  private static final Pattern EVERYBODY = Pattern.compile("@(?=here|channel|everyone)");
  private static final Pattern EMOJI = Pattern.compile(":(?=[\\w+'-]*\\p{L}[\\w+'-]*:)");
  private static final Pattern SCHEME = Pattern.compile("://|(?i)mailto:");

  private Mrkdwn() {}

  /** Prose: one line of at most {@code max} characters. */
  static String text(String raw, int max) {
    return escape(inert(Text.clean(raw)), max, false);
  }

  /** Prose for a place where Slack looks for addresses by itself. */
  static String defanged(String raw, int max) {
    String inert = inert(Text.clean(raw));
    return escape(SCHEME.matcher(inert).replaceAll(m -> JOINER + m.group() + JOINER), max, false);
  }

  private static String inert(String cleaned) {
    String unmentioning = MENTION.matcher(cleaned).replaceAll("@" + JOINER);
    return EMOJI.matcher(unmentioning).replaceAll(":" + JOINER);
  }

  /** A name, in a code span; at most {@code max} characters with the span. */
  static String code(String raw, int max) {
    String cleaned = quiet(Text.clean(raw));
    return "`" + escape(cleaned.isEmpty() ? "-" : cleaned, max - 2, true) + "`";
  }

  /**
   * A command, whole or not at all, in a code block; lines are kept. Empty if it takes more than
   * {@code max} characters.
   */
  static Optional<String> block(String raw, int max) {
    StringBuilder out = new StringBuilder("```\n");
    for (String line : raw.lines().toList()) {
      out.append(escape(quiet(Text.clean(line)), Integer.MAX_VALUE, true)).append('\n');
    }
    out.append("```");
    return out.length() > max ? Optional.empty() : Optional.of(out.toString());
  }

  /** Code mentions nobody, but what looks like the worst of mentions need not stand there. */
  private static String quiet(String code) {
    return EVERYBODY.matcher(code).replaceAll("@" + JOINER);
  }

  /** A link that shows where it leads. */
  static String link(WebLink link, String label) {
    return rawLink(link, label + " (" + link.host() + ")");
  }

  /** A link to a page of ours. */
  static String ownLink(WebLink link, String label) {
    return rawLink(link, label);
  }

  private static String rawLink(WebLink link, String label) {
    return "<" + link.url().replace("&", "&amp;") + "|" + text(label, 300).replace('|', '¦') + ">";
  }

  private static String escape(String cleaned, int max, boolean code) {
    StringBuilder out = new StringBuilder(Math.min(cleaned.length() + 16, 4096));
    int lastEnd = 0;
    for (int i = 0; i < cleaned.length(); ) {
      int c = cleaned.codePointAt(i);
      int next = i + Character.charCount(c);
      int before = i == 0 ? ' ' : cleaned.codePointBefore(i);
      int after = next < cleaned.length() ? cleaned.codePointAt(next) : ' ';
      String piece = piece(c, code, isWord(before) && isWord(after));
      if (out.length() + piece.length() > max) {
        out.setLength(lastEnd);
        return out.append(CUT).toString();
      }
      out.append(piece);
      if (out.length() + CUT.length() <= max) {
        lastEnd = out.length();
      }
      i = next;
    }
    return out.toString();
  }

  private static String piece(int c, boolean code, boolean insideWord) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '`' -> "ˋ";
      case '*' -> code ? "*" : "∗";
      case '~' -> code ? "~" : "∼";
      case '_' -> code || insideWord ? "_" : "ˍ";
      default -> Character.toString(c);
    };
  }

  private static boolean isWord(int c) {
    return Character.isLetterOrDigit(c);
  }
}
