package io.keyfront.core.ledger;

import java.time.Instant;

/**
 * The part of a {@link Mark} that a request for a hold carries: nothing is admitted above it.
 * Moments are microseconds of the epoch by the ledger's clock.
 *
 * @param most in the budget's window; {@link #NONE} where no marks are kept
 * @param ample beyond which the mark is to be raised before it is needed
 * @param start of the window
 * @param end of the window, exclusive; 0 where the account has no mark yet
 * @param raised when
 */
public record Ceiling(Amount most, Amount ample, long start, long end, long raised) {
  /** For a ledger without marks, whose own data is never lost. */
  public static final Ceiling NONE = new Ceiling(Amount.ZERO, Amount.ZERO, 0, -1, 0);

  /** For an account that has no mark yet. */
  public static final Ceiling UNKNOWN = new Ceiling(Amount.ZERO, Amount.ZERO, 0, 0, 0);

  /** What a ceiling says of a call. */
  public enum Cover {
    /** It is covered. */
    ROOM,
    /** It is covered, and the mark should be raised soon. */
    LITTLE,
    /** The mark must be raised first. */
    TOO_LOW,
    /** The account was made after its mark was raised: it has been lost in between. */
    LOST
  }

  static Ceiling of(Window window, Amount most, Amount ample, Instant start, long raised) {
    long end = window.end(start).map(Micros::of).orElse(Amount.MOST);
    return new Ceiling(most, ample, Micros.of(start), end, raised);
  }

  boolean isKept() {
    return end >= 0;
  }

  /** Whether so much in all is within. */
  boolean covers(long clock, long nanoUsd, long tokens) {
    return clock >= start && clock < end && nanoUsd <= most.nanoUsd() && tokens <= most.tokens();
  }
}
