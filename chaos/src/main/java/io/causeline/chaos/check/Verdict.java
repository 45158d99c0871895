package io.causeline.chaos.check;

import java.util.List;

/**
 * What the checker found; each in a sentence.
 *
 * @param lost what should be there and is not
 * @param doubled what is there once too often
 * @param differences what is otherwise than without chaos
 */
public record Verdict(List<String> lost, List<String> doubled, List<String> differences) {

  public Verdict {
    lost = List.copyOf(lost);
    doubled = List.copyOf(doubled);
    differences = List.copyOf(differences);
  }

  /** Whether nothing was found. */
  public boolean ok() {
    return lost.isEmpty() && doubled.isEmpty() && differences.isEmpty();
  }
}
