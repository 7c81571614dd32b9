package io.keyfront.ledger.local;

import io.keyfront.core.ledger.Limits;
import java.util.Arrays;

/** The accounts of the call at hand and their limits. One is used again and again. */
final class Party {
  private Entry[] entries = new Entry[8];
  private Limits[] limits = new Limits[8];
  private int size;

  void clear() {
    size = 0;
  }

  void add(Entry entry, Limits limit) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
      limits = Arrays.copyOf(limits, 2 * size);
    }
    entries[size] = entry;
    limits[size] = limit;
    size++;
  }

  int size() {
    return size;
  }

  Entry entry(int index) {
    return entries[index];
  }

  Limits limits(int index) {
    return limits[index];
  }
}
