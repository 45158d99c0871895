/**
 * The checker: reads the topics, the API and the chat by itself, and compares. It shares no code
 * with what it checks.
 */
@NullMarked
package io.causeline.chaos.check;

import org.jspecify.annotations.NullMarked;
