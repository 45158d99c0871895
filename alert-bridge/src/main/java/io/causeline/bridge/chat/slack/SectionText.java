package io.causeline.bridge.chat.slack;

import java.util.List;
import java.util.function.IntFunction;

/** The text of one block, made of lines that are in it whole or not at all. */
final class SectionText {

  private final int max;
  private final StringBuilder out = new StringBuilder();

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
    int needed = line.length() + (out.isEmpty() ? 0 : 1);
    if (line.isEmpty() || out.length() + needed > max) {
      return false;
    }
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
    int size = out.length();
    for (String entry : entries.subList(0, fit)) {
      size += entry.length() + 1;
    }
    int more = entries.size() - fit + leftOut;
    return more > 0 ? size + andMore.apply(more).length() + 1 : size;
  }

  boolean isEmpty() {
    return out.isEmpty();
  }

  int length() {
    return out.length();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
