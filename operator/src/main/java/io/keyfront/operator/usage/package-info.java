/** What tokens spent, read from the shared ledger. */
@NullMarked
package io.keyfront.operator.usage;

import org.jspecify.annotations.NullMarked;
