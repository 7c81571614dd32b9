package io.keyfront.core.ledger;

import io.keyfront.core.fault.Fault;

/** Outcome of asking the ledger for room. */
public sealed interface Admission {
  /** The call may be forwarded; the hold is reserved until it settles. */
  record Admitted(Hold hold) implements Admission {}

  /** The call may not be forwarded; nothing is reserved. */
  record Denied(Fault fault) implements Admission {}
}
