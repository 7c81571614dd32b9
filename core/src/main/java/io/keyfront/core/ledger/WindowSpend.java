package io.keyfront.core.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * What an account spent and reserved in one window.
 *
 * @param ends exclusive; absent for {@link Window#TOTAL}
 * @param spent with what is in doubt; may exceed a limit by overrun, or when the limit was lowered
 */
public record WindowSpend(Window window, Optional<Instant> ends, Amount spent, Amount held) {}
