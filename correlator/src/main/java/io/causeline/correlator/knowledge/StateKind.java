package io.causeline.correlator.knowledge;

import java.util.Locale;
import java.util.Optional;

/**
 * States of a locus that can be read off the topology; the words of {@code state:} in packs. A
 * state holds only where the topology knows the object: nothing is concluded from what was never
 * seen.
 */
public enum StateKind {
  /** Service: it has a selector and no pod of its namespace matches it. */
  SELECTOR_MATCHES_NO_POD,
  /** Service: at least one pod matches its selector. */
  SELECTOR_MATCHES_PODS,
  /** Node: Ready is False or Unknown. */
  NODE_NOT_READY,
  /** Node: Ready is True. */
  NODE_READY,
  /** Node: cordoned. */
  NODE_CORDONED,
  /** Workload: desired replicas are 0. */
  SCALED_TO_ZERO;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word in packs, such as {@code node-ready}. */
  public String word() {
    return word;
  }

  /** The state of this word. */
  public static Optional<StateKind> ofWord(String word) {
    for (StateKind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
