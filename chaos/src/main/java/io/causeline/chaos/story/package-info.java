/** What happens in the played clusters of a run: made from a seed, the same in both runs of it. */
@NullMarked
package io.causeline.chaos.story;

import org.jspecify.annotations.NullMarked;
