package io.causeline.correlator.knowledge;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plain text that a pattern needs to be found at all, read off its writing: what the text does not
 * hold, the pattern does not find. Texts are {@link #folded}.
 *
 * @param alternatives of which one at least must be fulfilled
 * @param exact whether a text that holds a {@link Alternative#whole} of these holds a match: where
 *     the case of letters matters it may not
 */
record RequiredText(List<Alternative> alternatives, boolean exact) {

  /** Shorter texts rule out too little. */
  static final int SHORTEST = 3;

  /** More ways to write one thing are not written out. */
  private static final int MOST = 128;

  private static final int UNDERSTOOD = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  /**
   * One of a pattern's alternatives.
   *
   * @param whole all that it can be, any of these; empty where it is more than text
   * @param needs of each of these sets it needs one
   */
  record Alternative(Set<String> whole, List<Set<String>> needs) {}

  /** What a pattern needs; null if that is not known. */
  static @Nullable RequiredText of(Pattern pattern) {
    if ((pattern.flags() & ~UNDERSTOOD) != 0) {
      return null;
    }
    Reader reader = new Reader(pattern.pattern());
    try {
      List<Alternative> out = new ArrayList<>();
      for (Part part : reader.alternatives()) {
        Set<String> whole = part.texts();
        Alternative one =
            whole != null && isTelling(whole)
                ? new Alternative(whole, List.of(whole))
                : new Alternative(Set.of(), part.needs());
        if (one.needs().isEmpty()) {
          return null;
        }
        out.add(one);
      }
      boolean exact = (pattern.flags() & Pattern.CASE_INSENSITIVE) != 0;
      return reader.isAtEnd() ? new RequiredText(out, exact) : null;
    } catch (NotUnderstoodException | StringIndexOutOfBoundsException e) {
      return null;
    }
  }

  /** Letters that a pattern takes for the same where it ignores case are the same. */
  static char folded(char c) {
    return c < 128
        ? c >= 'A' && c <= 'Z' ? (char) (c + 32) : c
        : Character.toLowerCase(Character.toUpperCase(c));
  }

  private static boolean isTelling(Set<String> texts) {
    return texts.stream().allMatch(text -> text.length() >= SHORTEST);
  }

  /**
   * A part of a pattern.
   *
   * @param texts all that it can be; null where it is more than text
   * @param needs of each of these sets any text with a match holds one
   */
  private record Part(@Nullable Set<String> texts, List<Set<String>> needs) {
    static final Part ANYTHING = new Part(null, List.of());

    static Part text(Set<String> texts) {
      return new Part(texts, isTelling(texts) ? List.of(texts) : List.of());
    }
  }

  /** Writing that this reader leaves to RE2. */
  private static final class NotUnderstoodException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** Parts that follow one another: neighbouring texts are put together. */
  private static final class Sequence {
    private final List<Set<String>> needs = new ArrayList<>();
    private Set<String> run = Set.of("");
    private boolean plain = true;

    void add(Part part) {
      Set<String> texts = part.texts();
      if (texts == null) {
        end();
        needs.addAll(part.needs());
      } else if (run.size() * texts.size() <= MOST) {
        run = joined(run, texts);
      } else {
        end();
        run = texts;
      }
    }

    /** Something without a width of its own stands here: the texts around it still touch. */
    void addEdge() {
      plain = false;
    }

    private void end() {
      plain = false;
      if (isTelling(run)) {
        needs.add(run);
      }
      run = Set.of("");
    }

    Part whole() {
      if (plain) {
        return Part.text(run);
      }
      end();
      return new Part(null, needs);
    }

    private static Set<String> joined(Set<String> starts, Set<String> ends) {
      Set<String> all = new LinkedHashSet<>();
      starts.forEach(start -> ends.forEach(end -> all.add(start + end)));
      return all;
    }
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    boolean isAtEnd() {
      return at >= text.length();
    }

    List<Part> alternatives() throws NotUnderstoodException {
      List<Part> out = new ArrayList<>();
      out.add(sequence());
      while (!isAtEnd() && text.charAt(at) == '|') {
        at++;
        out.add(sequence());
      }
      return out;
    }

    private Part sequence() throws NotUnderstoodException {
      Sequence sequence = new Sequence();
      while (!isAtEnd() && text.charAt(at) != '|' && text.charAt(at) != ')') {
        Part atom = atom();
        if (atom == null) {
          sequence.addEdge();
        } else {
          sequence.add(quantified(atom));
        }
      }
      return sequence.whole();
    }

    /** Reads one character, class or group; null for an edge, such as the beginning. */
    private @Nullable Part atom() throws NotUnderstoodException {
      char c = text.charAt(at++);
      return switch (c) {
        case '^', '$' -> null;
        case '.' -> Part.ANYTHING;
        case '(' -> group();
        case '[' -> characterClass();
        case '\\' -> escaped(text.charAt(at++));
        case '*', '+', '?', '{' -> throw new NotUnderstoodException();
        default -> character(c);
      };
    }

    private static Part character(char c) {
      return Part.text(Set.of(String.valueOf(folded(c))));
    }

    private static @Nullable Part escaped(char c) throws NotUnderstoodException {
      return switch (c) {
        case 'b', 'B' -> null;
        case 'd' -> Part.text(range('0', '9'));
        case 'D', 'w', 'W', 's', 'S' -> Part.ANYTHING;
        default -> {
          if (Character.isLetterOrDigit(c) || c > 127) {
            throw new NotUnderstoodException();
          }
          yield character(c);
        }
      };
    }

    private static Set<String> range(char from, char to) {
      Set<String> all = new LinkedHashSet<>();
      for (int c = from; c <= to && all.size() <= MOST; c++) {
        all.add(String.valueOf(folded((char) c)));
      }
      return all;
    }

    private Part group() throws NotUnderstoodException {
      if (text.startsWith("?:", at)) {
        at += 2;
      } else if (text.startsWith("?P<", at) || text.startsWith("?<", at)) {
        at = text.indexOf('>', at) + 1;
      } else if (text.charAt(at) == '?') {
        throw new NotUnderstoodException();
      }
      List<Part> inside = alternatives();
      if (text.charAt(at) != ')') {
        throw new NotUnderstoodException();
      }
      at++;
      return inside.size() == 1 ? inside.get(0) : either(inside);
    }

    /** One of several: any of their texts, or at least of each the need that tells most. */
    private static Part either(List<Part> parts) {
      Set<String> texts = new LinkedHashSet<>();
      Set<String> needs = new LinkedHashSet<>();
      boolean plain = true;
      boolean needy = true;
      for (Part part : parts) {
        plain &= part.texts() != null;
        if (part.texts() != null) {
          texts.addAll(part.texts());
        }
        Set<String> best = Set.of();
        for (Set<String> need : part.needs()) {
          best = best.isEmpty() || shortest(need) > shortest(best) ? need : best;
        }
        needy &= !best.isEmpty();
        needs.addAll(best);
      }
      if (plain && texts.size() <= MOST) {
        return Part.text(texts);
      }
      return new Part(null, needy ? List.of(needs) : List.of());
    }

    private static int shortest(Set<String> texts) {
      return texts.stream().mapToInt(String::length).min().orElse(0);
    }

    private Part characterClass() throws NotUnderstoodException {
      boolean plain = text.charAt(at) != '^';
      if (!plain) {
        at++;
      }
      Set<String> all = new LinkedHashSet<>();
      boolean first = true;
      while (first || text.charAt(at) != ']') {
        first = false;
        char c = text.charAt(at++);
        if (c == '[' || (c == '-' && text.charAt(at) != ']' && !all.isEmpty())) {
          throw new NotUnderstoodException();
        }
        if (c == '\\') {
          Part escaped = escaped(text.charAt(at++));
          Set<String> texts = escaped == null ? null : escaped.texts();
          plain &= texts != null;
          all.addAll(texts == null ? Set.of() : texts);
        } else if (text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
          plain &= text.charAt(at + 1) != '\\';
          all.addAll(range(c, text.charAt(at + 1)));
          at += text.charAt(at + 1) == '\\' ? 3 : 2;
        } else {
          all.add(String.valueOf(folded(c)));
        }
      }
      at++;
      return plain && all.size() <= MOST ? Part.text(all) : Part.ANYTHING;
    }

    /** What an atom becomes with what follows it. */
    private Part quantified(Part atom) throws NotUnderstoodException {
      if (isAtEnd() || "*+?{".indexOf(text.charAt(at)) < 0) {
        return atom;
      }
      char c = text.charAt(at);
      boolean needed = c == '+';
      if (c == '{') {
        int end = text.indexOf('}', at);
        if (end < 0 || !Character.isDigit(text.charAt(at + 1))) {
          throw new NotUnderstoodException();
        }
        needed = text.charAt(at + 1) != '0';
        at = end;
      }
      at++;
      if (!isAtEnd() && text.charAt(at) == '?') {
        at++;
      }
      Set<String> texts = atom.texts();
      if (c == '?' && texts != null) {
        Set<String> orNothing = new LinkedHashSet<>(texts);
        orNothing.add("");
        return Part.text(orNothing);
      }
      return needed ? new Part(null, atom.needs()) : Part.ANYTHING;
    }
  }
}
