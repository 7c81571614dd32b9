/** Asks providers whether they take a key: for credentials that want it, beside the reconcilers. */
@NullMarked
package io.keyfront.operator.check;

import org.jspecify.annotations.NullMarked;
