/** Writes down what a cluster and its Alertmanager say, so that it can be replayed. */
@NullMarked
package io.causeline.standalone.record;

import org.jspecify.annotations.NullMarked;
