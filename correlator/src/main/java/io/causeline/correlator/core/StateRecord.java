package io.causeline.correlator.core;

import org.jspecify.annotations.Nullable;

/**
 * A small piece of one cluster's state, for a store to keep.
 *
 * @param key unique within the cluster
 * @param value begins with a version byte; null when the piece is gone
 */
@SuppressWarnings("ArrayRecordComponent") // bytes go straight to a store; records are not compared
public record StateRecord(String key, byte @Nullable [] value) {}
