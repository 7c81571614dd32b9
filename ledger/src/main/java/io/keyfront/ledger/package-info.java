/** The money kept: implementations of core's Ledger contract. */
@NullMarked
package io.keyfront.ledger;

import org.jspecify.annotations.NullMarked;
