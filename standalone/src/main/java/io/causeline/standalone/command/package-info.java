/** The commands of the launcher: their options, their output, their exit codes. */
@NullMarked
package io.causeline.standalone.command;

import org.jspecify.annotations.NullMarked;
