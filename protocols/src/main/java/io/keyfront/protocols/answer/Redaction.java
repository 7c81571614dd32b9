package io.keyfront.protocols.answer;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Blots out secrets in the bytes of one answer, also those that are cut over several pieces. What
 * stands in a secret's place is as long as it was, so that announced lengths stay true. One per
 * answer; not for use by two threads; what it holds back is shorter than the longest secret.
 */
public final class Redaction {
  /**
   * Shorter ones, in bytes, are left alone: they are words like {@code none} or {@code ollama} that
   * servers without keys are given, and blotting them out would garble sentences.
   */
  public static final int SHORTEST = 8;

  private static final String WORD = "[redacted]";
  private static final byte[] NOTHING = {};

  private final List<byte[]> secrets;
  private byte[] held = NOTHING;

  private Redaction(List<byte[]> secrets) {
    this.secrets = secrets;
  }

  /** Each secret is looked for as it is, and as JSON and URLs may write it. */
  public static Redaction of(List<String> secrets) {
    return new Redaction(
        secrets.stream()
            .flatMap(Redaction::spellings)
            .distinct()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .filter(bytes -> bytes.length >= SHORTEST)
            .toList());
  }

  /** Blots out nothing. */
  public static Redaction none() {
    return new Redaction(List.of());
  }

  private static Stream<String> spellings(String secret) {
    String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
    return Stream.of(
        secret, json, json.replace("/", "\\/"), URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }

  /**
   * Takes the next bytes, which stay as they are.
   *
   * @return what can be passed on by now, the very same array when that is all of it as it came;
   *     the rest may be the beginning of a secret
   */
  public byte[] feed(byte[] bytes) {
    return pass(bytes, false);
  }

  /** Takes the last bytes. */
  public byte[] last(byte[] bytes) {
    return pass(bytes, true);
  }

  private byte[] pass(byte[] bytes, boolean last) {
    if (held.length == 0 && cleanUpTo(bytes, 0, last) == bytes.length) {
      return bytes;
    }
    byte[] all = Arrays.copyOf(held, held.length + bytes.length);
    System.arraycopy(bytes, 0, all, held.length, bytes.length);
    int clean = blot(all, last);
    held = Arrays.copyOfRange(all, clean, all.length);
    return clean == all.length ? all : Arrays.copyOf(all, clean);
  }

  /** A text without the secrets, as long as it was. */
  public String text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    blot(bytes, true);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Gives the place up to which nothing can be a secret any more. */
  private int blot(byte[] all, boolean last) {
    int at = cleanUpTo(all, 0, last);
    for (int length = secretAt(all, at); length > 0; length = secretAt(all, at)) {
      cover(all, at, length);
      at = cleanUpTo(all, at + length, last);
    }
    return at;
  }

  /** The place where the next secret stands or may begin; the end where there is none. */
  private int cleanUpTo(byte[] all, int from, boolean last) {
    int at = from;
    while (at < all.length && secretAt(all, at) == 0 && (last || !mayBegin(all, at))) {
      at++;
    }
    return at;
  }

  private int secretAt(byte[] all, int at) {
    for (byte[] secret : secrets) {
      if (ByteScan.isAt(all, at, all.length, secret)) {
        return secret.length;
      }
    }
    return 0;
  }

  private boolean mayBegin(byte[] all, int at) {
    int left = all.length - at;
    for (byte[] secret : secrets) {
      if (left < secret.length && Arrays.equals(all, at, all.length, secret, 0, left)) {
        return true;
      }
    }
    return false;
  }

  private static void cover(byte[] all, int at, int length) {
    Arrays.fill(all, at, at + length, (byte) '*');
    if (length >= WORD.length()) {
      System.arraycopy(WORD.getBytes(StandardCharsets.UTF_8), 0, all, at, WORD.length());
    }
  }
}
