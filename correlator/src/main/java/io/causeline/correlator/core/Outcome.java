package io.causeline.correlator.core;

/** What became of an input; the words of metric labels. */
public enum Outcome {
  /** It told something new. */
  ACCEPTED("accepted"),
  /** All that it tells was known. */
  DUPLICATE("duplicate"),
  /** It is no signal: a Watchdog, a resolve of nothing, an older state of an object. */
  IGNORED("ignored"),
  /** It names something that is not there, such as a command for an unknown incident. */
  REJECTED("rejected");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  /** The word in metric labels. */
  public String word() {
    return word;
  }
}
