/** The parts of a standalone server. */
@NullMarked
package io.keyfront.cli.serve;

import org.jspecify.annotations.NullMarked;
