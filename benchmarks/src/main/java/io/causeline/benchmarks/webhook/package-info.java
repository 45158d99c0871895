/** Alerts from the webhook into Kafka, and a bare producer beside it. */
@NullMarked
package io.causeline.benchmarks.webhook;

import org.jspecify.annotations.NullMarked;
