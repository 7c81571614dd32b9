package io.keyfront.protocols.body;

/** A stretch of bytes: from {@code start} (inclusive) to {@code end} (exclusive). */
public record Span(int start, int end) {
  /**
   * @throws IllegalArgumentException when it ends before it starts, or starts below 0
   */
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("No span from " + start + " to " + end + ".");
    }
  }

  /** How many bytes. */
  public int length() {
    return end - start;
  }
}
