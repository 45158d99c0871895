/** The processes of a run, the played world around them, and what is done to them. */
@NullMarked
package io.causeline.chaos.world;

import org.jspecify.annotations.NullMarked;
