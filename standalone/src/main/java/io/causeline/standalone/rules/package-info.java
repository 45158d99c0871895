/** Tests and checks of knowledge packs. */
@NullMarked
package io.causeline.standalone.rules;

import org.jspecify.annotations.NullMarked;
