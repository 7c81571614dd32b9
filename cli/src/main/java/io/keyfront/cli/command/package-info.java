/** The commands, one class each. */
@NullMarked
package io.keyfront.cli.command;

import org.jspecify.annotations.NullMarked;
