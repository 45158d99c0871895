/** How soon an alert is an incident that can be read, under load. */
@NullMarked
package io.causeline.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
