/** The correlator's topology on a broker, beside one that does nothing. */
@NullMarked
package io.causeline.benchmarks.streams;

import org.jspecify.annotations.NullMarked;
