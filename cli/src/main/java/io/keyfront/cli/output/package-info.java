/** Prints answers as tables, JSON or YAML. */
@NullMarked
package io.keyfront.cli.output;

import org.jspecify.annotations.NullMarked;
