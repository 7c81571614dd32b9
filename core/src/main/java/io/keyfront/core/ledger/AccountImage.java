package io.keyfront.core.ledger;

import java.util.List;

/**
 * Everything that an {@link Account} knows, for a snapshot: an account made of its image goes on
 * exactly as the one that it was taken of. Moments and advances are microseconds, money is
 * nano-USD.
 *
 * @param clock the account's moment
 * @param requestArrival the theoretical arrival time of the rate of requests
 * @param tokenArrival that of the rate of tokens
 * @param windows one for each of {@link Window#ALL}, in that order
 * @param held in the order of their leases' ends
 * @param ended in the order of their ends
 */
public record AccountImage(
    AccountId id,
    long clock,
    long requestArrival,
    long tokenArrival,
    Used used,
    List<Counted> windows,
    List<Open> held,
    List<Ended> ended) {
  public AccountImage {
    windows = List.copyOf(windows);
    held = List.copyOf(held);
    ended = List.copyOf(ended);
  }

  /**
   * What was used in all.
   *
   * @param lastUsed {@link Long#MIN_VALUE} for never
   */
  public record Used(
      long requests, long input, long output, long inDoubt, long lastUsed, Amount overrun) {}

  /** One window: when it began, and what was spent and is held in it. */
  public record Counted(
      long start, long spentNano, long spentTokens, long heldNano, long heldTokens) {}

  /**
   * A call in flight.
   *
   * @param requests how far it advanced the rate of requests
   * @param tokens how far it advanced the rate of tokens
   */
  public record Open(
      HoldId call, Amount amount, long admitted, long leaseEnd, long requests, long tokens) {}

  /**
   * A call that has ended and whose id is remembered.
   *
   * @param swept whether its lease ran out; only then the charge and its moment count
   */
  public record Ended(HoldId call, long at, boolean swept, Amount charged, long admitted) {}
}
