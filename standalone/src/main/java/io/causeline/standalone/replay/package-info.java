/** Correlation without Kafka: recordings and documents through the normalisers and the core. */
@NullMarked
package io.causeline.standalone.replay;

import org.jspecify.annotations.NullMarked;
