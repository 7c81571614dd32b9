package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One call of the mock.
 *
 * @param model as the client named it, echoed in the answer
 * @param digest 24 hex digits that stand for the request: a conversation that has moved on gets
 *     other ids, and the same request the same answer
 */
record Call(String model, String digest, JsonNode body) {
  /** Seconds since 1970 at which every answer says it was made: the mock has no clock. */
  static final long CREATED = 1_767_225_600L;

  private static final int DIGEST_BYTES = 12;

  static Call of(String model, byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      String digest = HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
      return new Call(model, digest, Json.read(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** An id of the answer, such as {@code msg_mock…}. */
  String id(String prefix) {
    return prefix + "mock" + digest;
  }
}
