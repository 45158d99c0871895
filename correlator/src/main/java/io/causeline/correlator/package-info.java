/** The correlator as a process: its settings, what it opens, and in which order. */
@NullMarked
package io.causeline.correlator;

import org.jspecify.annotations.NullMarked;
