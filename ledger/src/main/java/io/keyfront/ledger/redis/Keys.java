package io.keyfront.ledger.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyfront.core.ledger.AccountId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Names the key of each account's state, {@code kf:{kind:id}}; the braces keep all keys of one
 * account in one slot of a cluster.
 */
final class Keys {
  /** An id of any other form is hashed: braces would move the slot, and none grows the key. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:@/-]{0,64}");

  /** Remembered keys; beyond so many all are forgotten. */
  private static final int MAX_REMEMBERED = 10_000;

  private final Map<AccountId, byte[]> remembered = new ConcurrentHashMap<>();

  /** The key of an account's state, not to be changed. */
  byte[] of(AccountId account) {
    byte[] known = remembered.get(account);
    if (known != null) {
      return known;
    }
    if (remembered.size() >= MAX_REMEMBERED) {
      remembered.clear();
    }
    byte[] key = text(account).getBytes(US_ASCII);
    remembered.put(account, key);
    return key;
  }

  static String text(AccountId account) {
    String kind =
        switch (account.kind()) {
          case TOKEN -> "t";
          case CREDENTIAL -> "c";
          case PROVIDER -> "p";
          case EVERYTHING -> "e";
        };
    String id = account.id();
    return "kf:{%s:%s}".formatted(kind, PLAIN.matcher(id).matches() ? id : "#" + hashed(id));
  }

  /** 128 bits of SHA-256, in hexadecimal. */
  static String hashed(String id) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
