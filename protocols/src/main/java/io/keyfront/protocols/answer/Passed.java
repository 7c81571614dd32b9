package io.keyfront.protocols.answer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gathers what is passed on of one piece: the very same array when that is all of it. */
final class Passed {
  private final byte[] piece;
  private int kept;
  private @Nullable ByteArrayOutputStream other;

  Passed(byte[] piece) {
    this.piece = piece;
  }

  /** Passes a stretch of the piece. */
  void add(int from, int to) {
    if (other == null && from == kept) {
      kept = to;
    } else if (from < to) {
      other().write(piece, from, to - from);
    }
  }

  /** Passes what was held back before. */
  void add(byte[] held) {
    if (held.length > 0) {
      other().write(held, 0, held.length);
    }
  }

  byte[] bytes() {
    if (other != null) {
      return other.toByteArray();
    }
    return kept == piece.length ? piece : Arrays.copyOf(piece, kept);
  }

  /** From here on the result is no longer a beginning of the piece. */
  private ByteArrayOutputStream other() {
    if (other == null) {
      other = new ByteArrayOutputStream(piece.length + 64);
      other.write(piece, 0, kept);
    }
    return other;
  }
}
