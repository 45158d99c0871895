/**
 * The contract between all of Causeline's processes: what is observed (signals and topology), what
 * is concluded (incidents), what people decide (commands), the topics they travel on and their
 * JSON.
 *
 * <p>Everything is strict in what it writes and tolerant in what it reads: unknown JSON fields are
 * ignored, absent collections are empty.
 */
@NullMarked
package io.causeline.model;

import org.jspecify.annotations.NullMarked;
