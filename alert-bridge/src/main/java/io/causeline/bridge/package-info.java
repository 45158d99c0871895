/** The alert bridge: Alertmanager's alerts in, chat messages out. */
@NullMarked
package io.causeline.bridge;

import org.jspecify.annotations.NullMarked;
