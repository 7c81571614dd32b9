package io.keyfront.dataplane.mock;

import java.util.List;
import java.util.Map;

public record MockAnswer(
    int status, Map<String, String> headers, List<Piece> pieces, boolean breaksOff) {
  public record Piece(byte[] bytes, int delayMillis) {}
}
