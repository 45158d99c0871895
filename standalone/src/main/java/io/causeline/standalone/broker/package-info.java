/** A Kafka broker inside this process: for the demo, trials on one machine, and tests. */
@NullMarked
package io.causeline.standalone.broker;

import org.jspecify.annotations.NullMarked;
