package io.keyfront.ledger.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The ledger's Lua.
 *
 * @param digest by which Redis knows it once it was loaded: SHA-1, in hexadecimal
 */
record Script(String body, String digest) {
  private static final String NAME = "ledger.lua";

  static Script load() {
    try (InputStream in = Script.class.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new IllegalStateException(NAME + " is missing from the program.");
      }
      byte[] body = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(body);
      return new Script(new String(body, UTF_8), HexFormat.of().formatHex(digest));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
