/** The {@code keyfront} command. */
@NullMarked
package io.keyfront.cli;

import org.jspecify.annotations.NullMarked;
