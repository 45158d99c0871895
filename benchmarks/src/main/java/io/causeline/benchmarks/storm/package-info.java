/** The storm that the benchmarks measure with: the same signals for the same shape, every time. */
@NullMarked
package io.causeline.benchmarks.storm;

import org.jspecify.annotations.NullMarked;
