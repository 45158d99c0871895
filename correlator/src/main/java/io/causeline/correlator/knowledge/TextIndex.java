package io.causeline.correlator.knowledge;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells of many patterns which a text cannot hold, by one look at it: a message is asked for
 * hundreds of patterns, and linear-time expressions are slow. Answers exactly as the patterns do.
 * Immutable.
 */
public final class TextIndex {

  /** One of a pattern's alternatives, its texts by their numbers. */
  @SuppressWarnings("ArrayRecordComponent") // never compared: looked through for each message
  private record Known(int[] whole, int[][] needs) {}

  /** One text that some pattern requires. */
  private record Literal(int number, String folded) {}

  private static final int BUCKETS = 1 << 12;

  private final IdentityHashMap<Pattern, Known[]> known = new IdentityHashMap<>();
  private final Literal[][] byStart = new Literal[BUCKETS][];
  private final int size;

  TextIndex(Collection<Pattern> patterns) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (Pattern pattern : patterns) {
      RequiredText required = RequiredText.of(pattern);
      if (required != null) {
        known.put(
            pattern,
            required.alternatives().stream()
                .map(one -> known(one, required.exact(), numbers))
                .toArray(Known[]::new));
      }
    }
    List<List<Literal>> buckets = new ArrayList<>();
    for (int i = 0; i < BUCKETS; i++) {
      buckets.add(new ArrayList<>(0));
    }
    numbers.forEach(
        (text, number) ->
            buckets
                .get(bucket(text.charAt(0), text.charAt(1), text.charAt(2)))
                .add(new Literal(number, text)));
    for (int i = 0; i < BUCKETS; i++) {
      byStart[i] = buckets.get(i).isEmpty() ? null : buckets.get(i).toArray(Literal[]::new);
    }
    this.size = numbers.size();
  }

  private static Known known(
      RequiredText.Alternative one, boolean exact, Map<String, Integer> numbers) {
    return new Known(
        exact ? numbers(one.whole(), numbers) : new int[0],
        one.needs().stream().map(need -> numbers(need, numbers)).toArray(int[][]::new));
  }

  private static int[] numbers(Collection<String> texts, Map<String, Integer> numbers) {
    return texts.stream()
        .mapToInt(text -> numbers.computeIfAbsent(text, t -> numbers.size()))
        .toArray();
  }

  private static int bucket(char a, char b, char c) {
    return (a * 31 * 31 + b * 31 + c) & (BUCKETS - 1);
  }

  /** Looks at a text. */
  public Text look(String text) {
    BitSet found = new BitSet(size);
    char[] folded = new char[text.length()];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = RequiredText.folded(text.charAt(i));
    }
    for (int i = 0; i + RequiredText.SHORTEST <= folded.length; i++) {
      Literal[] literals = byStart[bucket(folded[i], folded[i + 1], folded[i + 2])];
      if (literals != null) {
        for (Literal literal : literals) {
          if (isAt(literal.folded(), folded, i)) {
            found.set(literal.number());
          }
        }
      }
    }
    return new Text(text, found);
  }

  private static boolean isAt(String literal, char[] text, int at) {
    if (at + literal.length() > text.length) {
      return false;
    }
    for (int i = 0; i < literal.length(); i++) {
      if (literal.charAt(i) != text[at + i]) {
        return false;
      }
    }
    return true;
  }

  /** A text that was looked at. */
  public final class Text {
    private final String text;
    private final BitSet found;

    private Text(String text, BitSet found) {
      this.text = text;
      this.found = found;
    }

    /** Whether the pattern is found anywhere in it. */
    public boolean holds(Pattern pattern) {
      Known[] alternatives = known.get(pattern);
      boolean mayHold = alternatives == null;
      if (alternatives != null) {
        for (Known one : alternatives) {
          if (holdsAny(one.whole())) {
            return true;
          }
          mayHold |= one.whole().length == 0 && holdsOfEach(one.needs());
        }
      }
      return mayHold && pattern.matcher(text).find();
    }

    private boolean holdsOfEach(int[][] needs) {
      for (int[] need : needs) {
        if (!holdsAny(need)) {
          return false;
        }
      }
      return true;
    }

    private boolean holdsAny(int[] literals) {
      for (int literal : literals) {
        if (found.get(literal)) {
          return true;
        }
      }
      return false;
    }
  }
}
