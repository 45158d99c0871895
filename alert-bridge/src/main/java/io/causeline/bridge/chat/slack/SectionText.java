package io.causeline.bridge.chat.slack;

import java.util.List;
import java.util.function.IntFunction;

/**
 * The text of one block, made of lines that are in it whole or not at all. Sizes are those of the
 * text within JSON, since it is not told which of the two Slack counts.
 */
final class SectionText {

  private final int max;
  private final StringBuilder out = new StringBuilder();
  private int size;

  /**
   * Begins an empty one.
   *
   * @param max characters that it may hold
   */
  SectionText(int max) {
    this.max = max;
  }

  /** Adds a line if there is room for it; says whether it did. */
  boolean line(String line) {
    int needed = size(line);
    if (line.isEmpty() || size + needed > max) {
      return false;
    }
    size += needed;
    if (!out.isEmpty()) {
      out.append('\n');
    }
    out.append(line);
    return true;
  }

  /**
   * Adds as many entries as there is room for, and then how many more there are.
   *
   * @param alreadyLeftOut entries that were left out before
   * @param andMore the words for that number
   */
  void entries(List<String> entries, int alreadyLeftOut, IntFunction<String> andMore) {
    int fit = entries.size();
    while (fit > 0 && size(entries, fit, alreadyLeftOut, andMore) > max) {
      fit--;
    }
    entries.subList(0, fit).forEach(this::line);
    int more = entries.size() - fit + alreadyLeftOut;
    if (more > 0) {
      line(andMore.apply(more));
    }
  }

  private int size(List<String> entries, int fit, int leftOut, IntFunction<String> andMore) {
    int sum = size;
    for (String entry : entries.subList(0, fit)) {
      sum += size(entry);
    }
    int more = entries.size() - fit + leftOut;
    return more > 0 ? sum + size(andMore.apply(more)) : sum;
  }

  /** Of a line with its end, which takes two characters in JSON, as quotes and backslashes do. */
  static int size(String line) {
    return line.length()
        + 2
        + (int) line.chars().filter(c -> c == '"' || c == '\\' || c == '\n').count();
  }

  boolean isEmpty() {
    return out.isEmpty();
  }

  /** How much is in it. */
  int size() {
    return size;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
