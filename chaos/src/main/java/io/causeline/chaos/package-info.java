/**
 * Crashes, outages, duplicates and poison against real processes, and a checker that shares no code
 * with what it checks: {@code ./causeline chaos}.
 */
@NullMarked
package io.causeline.chaos;

import org.jspecify.annotations.NullMarked;
