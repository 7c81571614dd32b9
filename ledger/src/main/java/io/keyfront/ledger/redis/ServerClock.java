package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.Micros;
import java.time.Clock;
import java.time.Instant;

/**
 * Tells moments of this proxy's clock by the server's, from the replies seen: with each comes the
 * server's clock, which was read after the request was sent. So the difference is never too small
 * by more than clocks drift, and no request is taken for late that is not.
 */
final class ServerClock {
  /** Slower replies say too little, if others have said more; in nanoseconds. */
  private static final long SLOW = 100_000_000L;

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final Clock local;

  /** How far the server is ahead at most, in microseconds. */
  private volatile long ahead = UNKNOWN;

  ServerClock(Clock local) {
    this.local = local;
  }

  /** Learns from a reply. */
  void seen(long server, long roundTripNanos) {
    if (roundTripNanos <= SLOW || ahead == UNKNOWN) {
      ahead = server - (Micros.of(local.instant()) - roundTripNanos / 1000);
    }
  }

  /** Microseconds of the epoch by the server's clock; 0 while that is unknown. */
  long byServer(Instant moment) {
    long known = ahead;
    if (known == UNKNOWN || moment.isAfter(local.instant().plusSeconds(3600))) {
      return 0;
    }
    return Math.max(1, Micros.of(moment) + known);
  }
}
