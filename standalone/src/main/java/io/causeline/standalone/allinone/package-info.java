/** All services and a Kafka broker in one process, on loopback: {@code demo} and {@code run}. */
@NullMarked
package io.causeline.standalone.allinone;

import org.jspecify.annotations.NullMarked;
