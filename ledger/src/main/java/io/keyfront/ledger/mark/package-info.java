/** What a proxy knows durably of a ledger that it shares: its marks, and the ledger it last saw. */
@NullMarked
package io.keyfront.ledger.mark;

import org.jspecify.annotations.NullMarked;
