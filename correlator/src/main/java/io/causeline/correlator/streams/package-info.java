/**
 * The Kafka Streams topology around the core: parses and validates what comes in, keeps the core's
 * state in stores, publishes incidents. {@link CorrelatorTopology} shows all of it.
 */
@NullMarked
package io.causeline.correlator.streams;

import org.jspecify.annotations.NullMarked;
