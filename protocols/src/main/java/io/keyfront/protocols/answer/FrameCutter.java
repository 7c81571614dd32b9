package io.keyfront.protocols.answer;

/**
 * Finds where the frames of a stream of server-sent events end: behind each empty line, whichever
 * of the three line ends is in use (WHATWG HTML, 9.2.5). Keeps its place between pieces.
 */
final class FrameCutter {
  private boolean lineIsEmpty = true;
  private boolean afterReturn;
  private boolean frameEndedOnReturn;

  /**
   * How many bytes at the piece's beginning still belong to the frame that ended with the last
   * piece: 1 when a line feed completes its last line end, else 0.
   */
  int leftover(byte[] bytes) {
    if (bytes.length == 0) {
      return 0;
    }
    boolean taken = frameEndedOnReturn && bytes[0] == '\n';
    frameEndedOnReturn = false;
    afterReturn &= !taken;
    return taken ? 1 : 0;
  }

  /** The place behind the end of the frame that is open; -1 when this piece does not end it. */
  int next(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length) {
      if (afterReturn && bytes[at] == '\n') {
        at++;
      }
      afterReturn = false;
      int end = ByteScan.lineEnd(bytes, at, bytes.length);
      lineIsEmpty &= end == at;
      if (end == bytes.length) {
        return -1;
      }
      afterReturn = bytes[end] == '\r';
      at = end + 1;
      if (lineIsEmpty) {
        return frameEnd(bytes, at);
      }
      lineIsEmpty = true;
    }
    return -1;
  }

  private int frameEnd(byte[] bytes, int at) {
    if (!afterReturn) {
      return at;
    }
    frameEndedOnReturn = at == bytes.length;
    if (frameEndedOnReturn || bytes[at] != '\n') {
      return at;
    }
    afterReturn = false;
    return at + 1;
  }
}
