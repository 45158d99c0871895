/**
 * What Causeline costs, measured: {@code ./causeline bench NAME}. Ratios within one run, medians of
 * rounds that alternate; no test is timed.
 */
@NullMarked
package io.causeline.benchmarks;

import org.jspecify.annotations.NullMarked;
