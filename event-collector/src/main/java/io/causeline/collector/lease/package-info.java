/** Which of several collectors of one cluster is the active one. */
@NullMarked
package io.causeline.collector.lease;

import org.jspecify.annotations.NullMarked;
