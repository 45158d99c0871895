/**
 * How good the diagnosis is: labelled recordings and reports are diagnosed, and what was said is
 * compared with what was found to be true.
 */
@NullMarked
package io.causeline.standalone.evaluate;

import org.jspecify.annotations.NullMarked;
