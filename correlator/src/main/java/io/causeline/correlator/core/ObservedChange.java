package io.causeline.correlator.core;

import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.model.EntityRef;
import java.time.Instant;
import java.util.Map;

/**
 * Something about an object changed: derived from two of its snapshots, never on the wire.
 *
 * @param identity the same whenever the same two states were seen: uid, resourceVersion and what
 * @param at when it happened, by the object's own times where it tells them
 */
record ObservedChange(
    String identity,
    EntityRef entity,
    ChangeKind kind,
    Instant at,
    Instant observedAt,
    Map<String, String> attributes,
    String message) {}
