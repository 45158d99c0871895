/**
 * What Causeline knows: causes, how signals speak for and against them, what is benign. It is data
 * (YAML packs), read by {@link io.causeline.correlator.knowledge.KnowledgeLoader} into the values
 * of this package and indexed by {@link io.causeline.correlator.knowledge.Knowledge}.
 */
@NullMarked
package io.causeline.correlator.knowledge;

import org.jspecify.annotations.NullMarked;
