/** The pure core on one thread, and a peer beside it. */
@NullMarked
package io.causeline.benchmarks.core;

import org.jspecify.annotations.NullMarked;
