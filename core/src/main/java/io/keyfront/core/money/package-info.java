/** Amounts: tokens used and what they are counted as. */
@NullMarked
package io.keyfront.core.money;

import org.jspecify.annotations.NullMarked;
