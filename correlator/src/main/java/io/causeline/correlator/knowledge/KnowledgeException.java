package io.causeline.correlator.knowledge;

import java.util.List;

/**
 * Knowledge packs that cannot be used. The message lists every fault, one a line, as {@code
 * packs/own.yaml:14: cause 'x': what is wrong and what would be right}.
 */
public final class KnowledgeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> faults;

  /** All faults that were found; at least one. */
  public KnowledgeException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** The faults, in the order of the packs and their lines. */
  public List<String> faults() {
    return faults;
  }
}
