/**
 * The HTTP API: incidents read from the stores of this and the other correlators, their changes as
 * a stream, and what people decide.
 */
@NullMarked
package io.causeline.correlator.api;

import org.jspecify.annotations.NullMarked;
