package io.keyfront.core.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls in flight, by id and in the order of their leases' ends. A linked hash map that uses its
 * entries again: a call in flight costs an account no garbage.
 */
final class HeldCalls {
  private static final int LEAST = 8;

  /** So many entries are kept for later at most. */
  private static final int SPARES = 256;

  private @Nullable Held[] table = new @Nullable Held[LEAST];
  private int size;
  private int slices;
  private @Nullable Held oldest;
  private @Nullable Held newest;
  private @Nullable Held spare;
  private int spares;

  /** A call in flight. One that was removed is valid until the next is added. */
  static final class Held {
    private HoldId call;
    private Amount amount;
    private long admitted;
    private long leaseEnd;
    private long requests;
    private long tokens;
    private @Nullable Held older;
    private @Nullable Held newer;

    /** In the same place of the table, or the next spare one. */
    private @Nullable Held next;

    private Held(HoldId call, Amount amount) {
      this.call = call;
      this.amount = amount;
    }

    HoldId call() {
      return call;
    }

    Amount amount() {
      return amount;
    }

    long admitted() {
      return admitted;
    }

    long leaseEnd() {
      return leaseEnd;
    }

    /** How far it advanced the rate of requests. */
    long requests() {
      return requests;
    }

    /** How far it advanced the rate of tokens. */
    long tokens() {
      return tokens;
    }

    AccountImage.Open image() {
      return new AccountImage.Open(call, amount, admitted, leaseEnd, requests, tokens);
    }
  }

  int size() {
    return size;
  }

  /** Those that are calls, and no slices of a budget. */
  int calls() {
    return size - slices;
  }

  /** The one whose lease ends first; null when there is none. */
  @Nullable Held oldest() {
    return oldest;
  }

  boolean contains(HoldId call) {
    return find(call) != null;
  }

  /** Null when it is not there. */
  @Nullable Held find(HoldId call) {
    Held held = table[place(call)];
    while (held != null && !held.call.equals(call)) {
      held = held.next;
    }
    return held;
  }

  /** Adds a call that is not there; its lease ends after all others, or with them. */
  void add(HoldId call, Amount amount, long admitted, long leaseEnd, long requests, long tokens) {
    if (size == table.length) {
      grow();
    }
    Held held = entry(call, amount);
    held.admitted = admitted;
    held.requests = requests;
    held.tokens = tokens;
    int place = place(call);
    held.next = table[place];
    table[place] = held;
    size++;
    slices += call.isSlice() ? 1 : 0;
    append(held, leaseEnd);
  }

  private Held entry(HoldId call, Amount amount) {
    Held held = spare;
    if (held == null) {
      return new Held(call, amount);
    }
    spare = held.next;
    spares--;
    held.call = call;
    held.amount = amount;
    return held;
  }

  /**
   * @return null when it is not there
   */
  @Nullable Held remove(HoldId call) {
    int place = place(call);
    Held before = null;
    Held held = table[place];
    while (held != null && !held.call.equals(call)) {
      before = held;
      held = held.next;
    }
    if (held == null) {
      return null;
    }
    if (before == null) {
      table[place] = held.next;
    } else {
      before.next = held.next;
    }
    size--;
    slices -= call.isSlice() ? 1 : 0;
    unlink(held);
    keep(held);
    return held;
  }

  private void keep(Held held) {
    held.next = null;
    if (spares < SPARES) {
      held.next = spare;
      spare = held;
      spares++;
    }
  }

  /**
   * @return false when it is not there
   */
  boolean renew(HoldId call, long leaseEnd) {
    Held held = find(call);
    if (held == null) {
      return false;
    }
    unlink(held);
    append(held, leaseEnd);
    return true;
  }

  private void append(Held held, long leaseEnd) {
    held.leaseEnd = leaseEnd;
    held.older = newest;
    held.newer = null;
    if (newest == null) {
      oldest = held;
    } else {
      newest.newer = held;
    }
    newest = held;
  }

  private void unlink(Held held) {
    if (held.older == null) {
      oldest = held.newer;
    } else {
      held.older.newer = held.newer;
    }
    if (held.newer == null) {
      newest = held.older;
    } else {
      held.newer.older = held.older;
    }
    held.older = null;
    held.newer = null;
  }

  private void grow() {
    table = new @Nullable Held[2 * table.length];
    for (Held held = oldest; held != null; held = held.newer) {
      int place = place(held.call);
      held.next = table[place];
      table[place] = held;
    }
  }

  private int place(HoldId call) {
    int hash = call.hashCode();
    return (hash ^ (hash >>> 16)) & (table.length - 1);
  }

  List<AccountImage.Open> image() {
    List<AccountImage.Open> image = new ArrayList<>(size);
    for (Held held = oldest; held != null; held = held.newer) {
      image.add(held.image());
    }
    return image;
  }

  void restore(List<AccountImage.Open> image) {
    for (AccountImage.Open open : image) {
      add(
          open.call(),
          open.amount(),
          open.admitted(),
          open.leaseEnd(),
          open.requests(),
          open.tokens());
    }
  }
}
