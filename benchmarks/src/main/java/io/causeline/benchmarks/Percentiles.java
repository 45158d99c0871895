package io.causeline.benchmarks;

import java.util.Arrays;

/**
 * Values of which percentiles are asked, by nearest rank: each is a value that was measured. Every
 * value is kept, since the worst are what is asked for. Safe for use by several threads.
 */
public final class Percentiles {

  private double[] values = new double[1024];
  private int count;

  /** One more value. */
  public synchronized void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  /** How many there are. */
  public synchronized int count() {
    return count;
  }

  /**
   * The smallest value that is not less than so many percent of all.
   *
   * @param percent above 0, at most 100
   */
  public synchronized double at(double percent) {
    if (percent <= 0 || percent > 100) {
      throw new IllegalArgumentException("not a percentile: " + percent);
    }
    if (count == 0) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(percent / 100 * count) - 1];
  }
}
