/** Other engines on the same signals: in the Maven profile {@code peers}, and never shipped. */
@NullMarked
package io.causeline.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
