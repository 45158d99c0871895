/**
 * The event-collector: watches a cluster's Events and objects and writes them to Kafka as signals
 * and topology, losing nothing that the API server still had to give and saying where it had not.
 *
 * <pre>
 *   Kubernetes API → watch (list, watch, resume) → normalise → send (bounded boxes) → Kafka
 * </pre>
 */
@NullMarked
package io.causeline.collector;

import org.jspecify.annotations.NullMarked;
