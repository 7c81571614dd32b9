package io.keyfront.protocols.body;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;

/** One streaming pass over a whole request body, without building a tree. */
public final class BodyScanner {
  private BodyScanner() {}

  /**
   * Scans a body from end to end.
   *
   * @throws Refused when it is not one JSON object in UTF-8, or a field that matters is repeated
   *     (escapes in its name decoded), missing or of the wrong type
   */
  public static ScannedBody scan(Protocol protocol, Operation operation, byte[] body) {
    throw new UnsupportedOperationException();
  }
}
