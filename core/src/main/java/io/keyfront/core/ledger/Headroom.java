package io.keyfront.core.ledger;

import java.time.Duration;
import java.util.Optional;

/** What the first account of a call may still do within the minute; for the rate limit headers. */
public record Headroom(Optional<Rate> requests, Optional<Rate> tokens) {
  public static final Headroom UNLIMITED = new Headroom(Optional.empty(), Optional.empty());

  /**
   * One rate.
   *
   * @param limit per minute
   * @param remaining what would pass now
   * @param reset until all of the limit would pass
   */
  public record Rate(long limit, long remaining, Duration reset) {}
}
