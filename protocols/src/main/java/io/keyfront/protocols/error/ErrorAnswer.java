package io.keyfront.protocols.error;

import java.util.Map;

/**
 * A refusal or failure, ready to send.
 *
 * @param headers beside the body's length, which the sender adds; content type included
 */
public record ErrorAnswer(int status, Map<String, String> headers, String body) {
  public ErrorAnswer {
    headers = Map.copyOf(headers);
  }
}
