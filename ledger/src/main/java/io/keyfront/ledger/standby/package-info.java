/** What a proxy may still do by itself while the ledger that it shares is away. */
@NullMarked
package io.keyfront.ledger.standby;

import org.jspecify.annotations.NullMarked;
