package io.causeline.benchmarks;

import java.io.PrintStream;

/** One benchmark. */
public interface Bench {

  /** The word after {@code ./causeline bench}. */
  String name();

  /** What it measures, in a few words. */
  String measures();

  /**
   * Measures; takes under five minutes on two cores.
   *
   * @param progress where to say what is going on, a line at a time
   * @throws Exception if it could not be measured; that is no result
   */
  BenchResult run(PrintStream progress) throws Exception;
}
