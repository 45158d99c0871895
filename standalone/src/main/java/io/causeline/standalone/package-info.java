/**
 * The launcher: everything in one process on an embedded broker, single services, and the offline
 * commands on recordings and lists of events.
 */
@NullMarked
package io.causeline.standalone;

import org.jspecify.annotations.NullMarked;
