package io.keyfront.testkit;

/**
 * Where a delivery breaks off.
 *
 * @param afterPieces pieces sent before; {@value #BEFORE_HEADERS} means not even the headers
 */
record Stop(int afterPieces, End end) {
  static final int BEFORE_HEADERS = -1;

  /** How it breaks off. */
  enum End {
    RESET,
    STALL,
    /** Goes on when the provider lets go. */
    HOLD
  }

  boolean beforeHeaders() {
    return afterPieces == BEFORE_HEADERS;
  }
}
