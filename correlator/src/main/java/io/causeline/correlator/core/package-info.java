/**
 * The heart: correlation and diagnosis as pure code. No Kafka, no clock, no I/O: time comes with
 * the records. The Kafka Streams processor, {@code replay} and {@code diagnose} call this same core
 * and come to the same incidents from the same signals.
 */
@NullMarked
package io.causeline.correlator.core;

import org.jspecify.annotations.NullMarked;
