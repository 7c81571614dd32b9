package io.keyfront.core.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ids of calls that have ended, so that none is charged twice, for as long as a settlement may be
 * repeated. Moments are microseconds.
 *
 * <p>A ring in the order of the ends, and an index of it by id: an ended call costs 28 to 56 bytes
 * beside its id, and no garbage. Hashes are kept too, as the ids of a while ago are in no cache of
 * a processor.
 */
final class EndedCalls {
  private static final int LEAST = 8;

  private final long memory;
  private @Nullable HoldId[] calls = new @Nullable HoldId[LEAST];
  private int[] hashes = new int[LEAST];
  private long[] ends = new long[LEAST];

  /** Null for a call that was settled. */
  private @Nullable Swept[] sweeps = new @Nullable Swept[LEAST];

  /** Places in the ring, plus one; 0 where free. Twice as long as the ring. */
  private int[] index = new int[2 * LEAST];

  private int first;
  private int size;

  /** A call whose lease ran out: all that it held was charged, and may still be corrected. */
  record Swept(Amount charged, long admitted, long at) {}

  EndedCalls(long memory) {
    this.memory = memory;
  }

  boolean knows(HoldId call) {
    return size > 0 && index[slot(call)] != 0;
  }

  void settled(HoldId call, long now) {
    if (memory > 0) {
      add(call, now, null);
    }
  }

  void swept(HoldId call, Amount charged, long admitted, long now) {
    add(call, now, new Swept(charged, admitted, now));
  }

  /** The sweep of a call; null when it was not swept. */
  @Nullable Swept sweptOf(HoldId call) {
    int place = size == 0 ? 0 : index[slot(call)];
    return place == 0 ? null : sweeps[place - 1];
  }

  /** The sweep of a call, which is forgotten by this; null when it was not swept. */
  @Nullable Swept takeSwept(HoldId call) {
    if (size == 0) {
      return null;
    }
    int slot = slot(call);
    Swept swept = index[slot] == 0 ? null : sweeps[index[slot] - 1];
    if (swept != null) {
      int place = index[slot] - 1;
      free(slot);
      calls[place] = null;
      sweeps[place] = null;
    }
    return swept;
  }

  void forget(long now) {
    while (size > 0 && ends[first] + memory <= now) {
      HoldId call = calls[first];
      if (call != null) {
        free(slotOf(first));
        calls[first] = null;
        sweeps[first] = null;
      }
      first = (first + 1) & (calls.length - 1);
      size--;
    }
    if (size == 0 && calls.length > LEAST) {
      resize(LEAST);
    }
  }

  private void add(HoldId call, long at, @Nullable Swept swept) {
    if (size == calls.length) {
      resize(2 * size);
    }
    int place = (first + size) & (calls.length - 1);
    calls[place] = call;
    hashes[place] = hash(call);
    ends[place] = at;
    sweeps[place] = swept;
    index[slot(call)] = place + 1;
    size++;
  }

  /** The slot of a call in the index, or the free one where it would be. */
  private int slot(HoldId call) {
    int hash = hash(call);
    int slot = hash & (index.length - 1);
    while (index[slot] != 0 && !isAt(index[slot] - 1, call, hash)) {
      slot = (slot + 1) & (index.length - 1);
    }
    return slot;
  }

  private boolean isAt(int place, HoldId call, int hash) {
    return hashes[place] == hash && call.equals(calls[place]);
  }

  /** The slot of the call at a place of the ring. */
  private int slotOf(int place) {
    int slot = hashes[place] & (index.length - 1);
    while (index[slot] != place + 1) {
      slot = (slot + 1) & (index.length - 1);
    }
    return slot;
  }

  private static int hash(HoldId call) {
    int hash = call.hashCode() * 0x9e37_79b9;
    return hash ^ (hash >>> 15);
  }

  /** Frees a slot, and moves what follows it up to where it is looked for. */
  private void free(int slot) {
    int mask = index.length - 1;
    int hole = slot;
    index[hole] = 0;
    for (int next = (hole + 1) & mask; index[next] != 0; next = (next + 1) & mask) {
      int ideal = hashes[index[next] - 1] & mask;
      if (((next - ideal) & mask) >= ((next - hole) & mask)) {
        index[hole] = index[next];
        index[next] = 0;
        hole = next;
      }
    }
  }

  private void resize(int length) {
    @Nullable HoldId[] oldCalls = calls;
    long[] oldEnds = ends;
    @Nullable Swept[] oldSweeps = sweeps;
    int from = first;
    int count = size;
    calls = new @Nullable HoldId[length];
    hashes = new int[length];
    ends = new long[length];
    sweeps = new @Nullable Swept[length];
    index = new int[2 * length];
    first = 0;
    size = 0;
    for (int offset = 0; offset < count; offset++) {
      int place = (from + offset) & (oldCalls.length - 1);
      HoldId call = oldCalls[place];
      if (call != null) {
        add(call, oldEnds[place], oldSweeps[place]);
      }
    }
  }

  void restore(List<AccountImage.Ended> image) {
    for (AccountImage.Ended end : image) {
      add(
          end.call(),
          end.at(),
          end.swept() ? new Swept(end.charged(), end.admitted(), end.at()) : null);
    }
  }

  List<AccountImage.Ended> image() {
    List<AccountImage.Ended> image = new ArrayList<>(size);
    for (int offset = 0; offset < size; offset++) {
      int place = (first + offset) & (calls.length - 1);
      HoldId call = calls[place];
      if (call != null) {
        image.add(image(call, ends[place], sweeps[place]));
      }
    }
    return image;
  }

  private static AccountImage.Ended image(HoldId call, long at, @Nullable Swept swept) {
    return swept == null
        ? new AccountImage.Ended(call, at, false, Amount.ZERO, 0)
        : new AccountImage.Ended(call, at, true, swept.charged(), swept.admitted());
  }
}
