/** Values that must never be printed. */
@NullMarked
package io.keyfront.core.secret;

import org.jspecify.annotations.NullMarked;
