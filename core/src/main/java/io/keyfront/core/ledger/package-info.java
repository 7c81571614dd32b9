/** The contract of the ledger: hold, settle, in doubt. */
@NullMarked
package io.keyfront.core.ledger;

import org.jspecify.annotations.NullMarked;
