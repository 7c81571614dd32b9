package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.ledger.redis.SettleOperation.Ending;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What this proxy could tell a ledger again that lost it: its calls under way, and the settlements
 * of the last minute that were acknowledged. Times are microseconds by the ledger's clock. For use
 * from many threads.
 */
final class LiveCalls {
  /** Settlements that are kept; some 30 MB. Beyond, the oldest are dropped. */
  static final int MOST_ENDED = 50_000;

  private static final long KEPT = TimeUnit.SECONDS.toMicros(60);

  /** So many leases without a renewal, and a call is not under way any more. */
  private static final int LEASES = 3;

  private final Map<HoldId, Live> live = new ConcurrentHashMap<>();

  private final Object lock = new Object();
  private final Deque<Ended> ended = new ArrayDeque<>();

  /** Everything that was heard at this moment or later is kept. */
  private long since = Long.MAX_VALUE;

  /** A call that the ledger admitted. */
  record Live(Hold hold, List<Claim> claims, long renewed) {}

  /** A settlement that the ledger heard. */
  record Ended(Ending ending, long heard) {}

  /** From this moment on, all that is settled is kept. */
  void begin(long clock) {
    synchronized (lock) {
      since = Math.min(since, clock);
    }
  }

  void admitted(Hold hold, HoldRequest request) {
    live.put(hold.id(), new Live(hold, request.claims(), System.nanoTime()));
  }

  void renewed(Collection<Hold> holds) {
    long now = System.nanoTime();
    for (Hold hold : holds) {
      live.computeIfPresent(hold.id(), (id, each) -> new Live(each.hold, each.claims, now));
    }
  }

  /** The call is over; null where the ledger had not admitted it. */
  @Nullable Live over(HoldId call) {
    return live.remove(call);
  }

  /** The ledger heard of a call's end. */
  void ended(Ending ending, long heard) {
    if (heard == 0) {
      return;
    }
    synchronized (lock) {
      ended.add(new Ended(ending, heard));
      while (ended.size() > MOST_ENDED || ended.getFirst().heard < heard - KEPT) {
        since = Math.max(since, ended.removeFirst().heard + 1);
      }
    }
  }

  /** Whether nothing is missing here that was heard from a moment on. */
  boolean covers(long moment) {
    synchronized (lock) {
      return since <= moment;
    }
  }

  /** The settlements that were heard from a moment on. */
  List<Ending> endedSince(long moment) {
    synchronized (lock) {
      return ended.stream().filter(each -> each.heard >= moment).map(Ended::ending).toList();
    }
  }

  /** The calls under way. */
  List<Hold> underWay(Duration lease) {
    long oldest = System.nanoTime() - LEASES * lease.toNanos();
    live.values().removeIf(each -> each.renewed - oldest < 0);
    return live.values().stream().map(Live::hold).toList();
  }
}
