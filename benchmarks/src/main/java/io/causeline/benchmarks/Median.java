package io.causeline.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/** Medians: one slow round of a noisy machine must not decide. */
public final class Median {

  private Median() {}

  /** The middle one; of an even number, the mean of the two in the middle. */
  public static double of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
