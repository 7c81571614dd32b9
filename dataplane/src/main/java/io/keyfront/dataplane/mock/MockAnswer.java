package io.keyfront.dataplane.mock;

import java.util.List;
import java.util.Map;

/**
 * A complete answer, cut into the pieces in which it is to be sent.
 *
 * @param status HTTP status
 * @param headers names in lower case
 * @param pieces in the order of sending
 * @param breaksOff whether the connection fails after the last piece instead of ending cleanly
 */
public record MockAnswer(
    int status, Map<String, String> headers, List<Piece> pieces, boolean breaksOff) {

  public MockAnswer {
    headers = Map.copyOf(headers);
    pieces = List.copyOf(pieces);
  }

  /**
   * Bytes sent at once.
   *
   * @param bytes not to be changed
   * @param delayMillis to wait before sending them, in milliseconds; 0 and up
   */
  // Pieces are sent, never compared with each other.
  @SuppressWarnings("ArrayRecordComponent")
  public record Piece(byte[] bytes, int delayMillis) {}
}
