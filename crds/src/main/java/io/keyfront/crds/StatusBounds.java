package io.keyfront.crds;

/** Bounds of what a status holds: what the operator writes is far below. */
final class StatusBounds {
  static final int CONDITIONS = 16;

  /** Characters of a time, a hash, an amount, a count of replicas. */
  static final int TEXT = 64;

  /** What a JSON number holds exactly. */
  static final long COUNT = (1L << 53) - 1;

  private StatusBounds() {}
}
