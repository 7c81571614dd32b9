package io.keyfront.core.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a token's plaintext: all that Keyfront keeps of a token that it minted or adopted. The
 * tokens of ServiceAccounts have stand-ins.
 */
public record TokenHash(long first, long second, long third, long fourth) {
  private static final int HEX_DIGITS = 64;

  /** One per thread: looking for the provider costs more than the hash of a token. */
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(TokenHash::sha256);

  public static TokenHash of(String plaintext) {
    return of(SHA_256.get().digest(plaintext.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * What the policy for the tokens of a ServiceAccount is filed under, as nobody knows their
   * plaintexts beforehand. A snapshot never finds it by what a caller presents.
   */
  public static TokenHash ofServiceAccount(String namespace, String name) {
    return of("ServiceAccount\n" + namespace + "\n" + name);
  }

  /**
   * @param hex 64 hexadecimal digits
   * @throws IllegalArgumentException when it is anything else
   */
  public static TokenHash parse(String hex) {
    try {
      if (hex.length() == HEX_DIGITS) {
        return new TokenHash(word(hex, 0), word(hex, 1), word(hex, 2), word(hex, 3));
      }
    } catch (NumberFormatException quotesIt) {
      // Whatever it is, it may be a token by mistake: the message must not repeat it.
    }
    throw new IllegalArgumentException(
        "A token hash is 64 hexadecimal digits (SHA-256); this text is not.");
  }

  private static long word(String hex, int index) {
    return HexFormat.fromHexDigitsToLong(hex, 16 * index, 16 * (index + 1));
  }

  private static TokenHash of(byte[] digest) {
    ByteBuffer words = ByteBuffer.wrap(digest);
    return new TokenHash(words.getLong(), words.getLong(), words.getLong(), words.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", impossible);
    }
  }

  /** Any of its bits are as good as random. */
  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    byte[] digest =
        ByteBuffer.allocate(32)
            .putLong(first)
            .putLong(second)
            .putLong(third)
            .putLong(fourth)
            .array();
    return HexFormat.of().formatHex(digest);
  }

  /** The first 12 hexadecimal digits: enough to tell tokens apart, useless to an attacker. */
  public String prefix() {
    return hex().substring(0, 12);
  }

  @Override
  public String toString() {
    return prefix() + "…";
  }
}
