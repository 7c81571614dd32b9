package io.keyfront.core.ledger;

import java.util.List;

/**
 * Everything that an {@link Account} knows, for a snapshot: an account made of its image goes on
 * exactly as the one that it was taken of. Moments and advances are microseconds, money is
 * nano-USD.
 *
 * @param clock the account's moment
 * @param requests the rate of requests
 * @param tokens the rate of tokens
 * @param windows one for each of {@link Window#ALL}, in that order
 * @param held in the order of their leases' ends
 * @param ended in the order of their ends
 */
public record AccountImage(
    AccountId id,
    long clock,
    Arrivals requests,
    Arrivals tokens,
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
   * A rate.
   *
   * @param arrival its theoretical arrival time
   * @param since at most 8, in the order of their moments; none where nothing may be given back
   */
  public record Arrivals(long arrival, List<Since> since) {
    public Arrivals {
      if (since.size() > Rate.MOST) {
        throw new IllegalArgumentException(
            "A rate knows %d moments; the most is %d.".formatted(since.size(), Rate.MOST));
      }
      since = List.copyOf(since);
    }
  }

  /** What the arrival time would be had there only been the takes after a moment. */
  public record Since(long moment, long arrival) {}

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
