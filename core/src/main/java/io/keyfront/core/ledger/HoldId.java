package io.keyfront.core.ledger;

/**
 * Names a hold: one attempt of one call.
 *
 * @param attempt 1 for the first credential tried, rising with failover
 */
public record HoldId(String callId, int attempt) {
  private static final String SLICE = "slice/";
  private static final String UNHEARD = "/unheard";
  private static final String ALONE = "/alone";

  /** Of a part of a budget that a proxy holds for calls yet to come. */
  public static HoldId slice(String proxy, long number) {
    return new HoldId(SLICE + proxy + "/" + number, 1);
  }

  /** Of the same attempt, served though the ledger did not answer: it holds nothing there. */
  public HoldId unheard() {
    return new HoldId(callId + UNHEARD, attempt);
  }

  /** The same, where this proxy kept the call's accounts by itself meanwhile. */
  public HoldId alone() {
    return new HoldId(callId + ALONE, attempt);
  }

  public boolean isAlone() {
    return callId.endsWith(ALONE);
  }

  /** Whether the ledger first hears of it when it is settled. */
  public boolean isUnheard() {
    return callId.endsWith(UNHEARD) || isAlone();
  }

  /**
   * Whether it is no call's own. The calls that are served from a slice are counted in all by
   * themselves; it only is charged what they used of its budget.
   */
  public boolean isSlice() {
    return callId.startsWith(SLICE);
  }
}
