/** The ledger of one process, and its journal. */
@NullMarked
package io.keyfront.ledger.local;

import org.jspecify.annotations.NullMarked;
