/**
 * The Kafka side: what stands between the watches, which must never wait, and Kafka, which may be
 * slow or away. Both boxes here are bounded, and neither drops anything: when they are full, the
 * watch that fills them is closed until there is room.
 */
@NullMarked
package io.causeline.collector.send;

import org.jspecify.annotations.NullMarked;
