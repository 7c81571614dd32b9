package io.keyfront.dataplane.admit;

import io.keyfront.core.ledger.AccountId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Calls that wait for room on an account, first come first served. For one event loop; each proxy's
 * loops serve their own lines.
 */
final class WaitingLines {
  /** Longer lines would not move within anybody's patience. */
  static final int MAX_LENGTH = 1_000;

  private final Map<AccountId, Deque<Asking>> lines = new HashMap<>();

  /** Whether somebody waits on the account. */
  boolean isBusy(AccountId account) {
    return lines.containsKey(account);
  }

  /** Whether there is a place in the line; the call stands at its end, if it does not yet. */
  boolean join(AccountId account, Asking call) {
    Deque<Asking> line = lines.computeIfAbsent(account, any -> new ArrayDeque<>());
    if (line.contains(call)) {
      return true;
    }
    if (line.size() >= MAX_LENGTH) {
      return false;
    }
    line.addLast(call);
    return true;
  }

  boolean isFirst(AccountId account, Asking call) {
    Deque<Asking> line = lines.get(account);
    return line != null && line.peekFirst() == call;
  }

  /** The call waits no longer; the next in the line is asked for, if it moved up to the front. */
  void leave(AccountId account, Asking call) {
    Deque<Asking> line = lines.get(account);
    if (line == null) {
      return;
    }
    boolean first = line.peekFirst() == call;
    line.remove(call);
    if (line.isEmpty()) {
      lines.remove(account);
    } else if (first) {
      line.getFirst().moveUp();
    }
  }
}
