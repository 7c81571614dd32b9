package io.keyfront.protocols.answer;

/** The objects and lists that are open, one bit each. */
final class JsonNesting {
  /** Deepest nesting. */
  static final int MAX_DEPTH = 1000;

  private final long[] objects = new long[MAX_DEPTH / Long.SIZE + 1];
  private int depth;

  void clear() {
    depth = 0;
  }

  boolean isEmpty() {
    return depth == 0;
  }

  boolean isFull() {
    return depth == MAX_DEPTH;
  }

  /** Whether what was opened last is an object. */
  boolean isInObject() {
    return (objects[depth / Long.SIZE] & bit()) != 0;
  }

  void open(boolean object) {
    depth++;
    if (object) {
      objects[depth / Long.SIZE] |= bit();
    } else {
      objects[depth / Long.SIZE] &= ~bit();
    }
  }

  void close() {
    depth--;
  }

  private long bit() {
    return 1L << (depth % Long.SIZE);
  }
}
