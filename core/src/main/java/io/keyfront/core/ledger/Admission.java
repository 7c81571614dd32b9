package io.keyfront.core.ledger;

/** Outcome of asking the ledger for room. */
public sealed interface Admission {
  /**
   * The call may be forwarded; the hold is reserved until it settles.
   *
   * @param headroom of the first account claimed, with this call counted
   */
  record Admitted(Hold hold, Headroom headroom) implements Admission {}

  /** The call may not be forwarded; nothing is reserved. */
  record Denied(Shortage shortage) implements Admission {}

  /**
   * The ledger does not answer: what becomes of the call is for the tokens' mode to say.
   *
   * @param detail for the log
   */
  record Unavailable(String detail) implements Admission {}
}
