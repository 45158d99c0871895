package io.causeline.correlator.knowledge;

/**
 * How much a match says, as a likelihood ratio: strong about 20, medium about 5, weak about 2. A
 * veto rules a cause out.
 */
public enum Weight {
  STRONG(Math.log(20)),
  MEDIUM(Math.log(5)),
  WEAK(Math.log(2)),
  VETO(6.0);

  private final double logOdds;

  Weight(double logOdds) {
    this.logOdds = logOdds;
  }

  /** What it adds (or, as counter-evidence, takes away) in log-odds. */
  public double logOdds() {
    return logOdds;
  }

  /** Whether it can carry a hypothesis: strong or medium. */
  public boolean carries() {
    return this == STRONG || this == MEDIUM;
  }
}
