package io.keyfront.core.ledger;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ids of calls that have ended, so that none is charged twice, for as long as a settlement may be
 * repeated. Moments are microseconds.
 */
final class EndedCalls {
  private final long memory;

  /** In the order of their ends. */
  private final Map<HoldId, Ended> calls = new LinkedHashMap<>();

  /** How a call ended: swept calls may still be corrected. */
  private sealed interface Ended {
    long at();
  }

  private record Settled(long at) implements Ended {}

  /** A call whose lease ran out: all that it held was charged. */
  record Swept(Amount charged, long admitted, long at) implements Ended {}

  EndedCalls(long memory) {
    this.memory = memory;
  }

  boolean knows(HoldId call) {
    return calls.containsKey(call);
  }

  void settled(HoldId call, long now) {
    if (memory > 0) {
      calls.put(call, new Settled(now));
    }
  }

  void swept(HoldId call, Amount charged, long admitted, long now) {
    calls.put(call, new Swept(charged, admitted, now));
  }

  /** The sweep of a call, which is forgotten by this; null when it was not swept. */
  @Nullable Swept takeSwept(HoldId call) {
    if (calls.get(call) instanceof Swept swept) {
      calls.remove(call);
      return swept;
    }
    return null;
  }

  void restore(List<AccountImage.Ended> image) {
    for (AccountImage.Ended end : image) {
      if (end.swept()) {
        calls.put(end.call(), new Swept(end.charged(), end.admitted(), end.at()));
      } else {
        calls.put(end.call(), new Settled(end.at()));
      }
    }
  }

  List<AccountImage.Ended> image() {
    return calls.entrySet().stream().map(end -> image(end.getKey(), end.getValue())).toList();
  }

  private static AccountImage.Ended image(HoldId call, Ended ended) {
    return switch (ended) {
      case Settled(long at) -> new AccountImage.Ended(call, at, false, Amount.ZERO, 0);
      case Swept(Amount charged, long admitted, long at) ->
          new AccountImage.Ended(call, at, true, charged, admitted);
    };
  }

  void forget(long now) {
    Iterator<Ended> oldest = calls.values().iterator();
    while (oldest.hasNext() && oldest.next().at() + memory <= now) {
      oldest.remove();
    }
  }
}
