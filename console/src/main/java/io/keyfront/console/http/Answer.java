package io.keyfront.console.http;

import java.util.Optional;

/**
 * An answer of the admin API.
 *
 * @param json the body, one JSON object
 * @param allow the methods that would be right, of a 405
 */
record Answer(int status, byte[] json, Optional<String> allow) {
  static Answer of(int status, byte[] json) {
    return new Answer(status, json, Optional.empty());
  }
}
