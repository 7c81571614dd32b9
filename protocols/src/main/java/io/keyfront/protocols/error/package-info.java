/** Faults as bytes, in each dialect's own shape. */
@NullMarked
package io.keyfront.protocols.error;

import org.jspecify.annotations.NullMarked;
