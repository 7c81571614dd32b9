/** The home folder of a standalone server: its secrets, its tokens, its lock. */
@NullMarked
package io.keyfront.cli.home;

import org.jspecify.annotations.NullMarked;
