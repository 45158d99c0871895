/**
 * What the Kubernetes API says, as Causeline's model: pure functions on JSON, shared by the live
 * collector and by offline replay and diagnosis, so that both come to the same signals.
 *
 * <p>Nothing here throws on any JSON. A field that is malformed loses that field only.
 */
@NullMarked
package io.causeline.collector.normalise;

import org.jspecify.annotations.NullMarked;
