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

  private static Stream<String> spellings(String secret) {
    String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
    return Stream.of(
        secret, json, json.replace("/", "\\/"), URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }

  /**
   * Takes the next bytes, which stay as they are.
   *
   * @return what can be passed on by now; the rest may be the beginning of a secret
   */
  public byte[] feed(byte[] bytes) {
    byte[] all = joined(bytes);
    int clean = blot(all, false);
    held = Arrays.copyOfRange(all, clean, all.length);
    return Arrays.copyOf(all, clean);
  }

  /** Takes the last bytes. */
  public byte[] last(byte[] bytes) {
    byte[] all = joined(bytes);
    held = NOTHING;
    blot(all, true);
    return all;
  }

  private byte[] joined(byte[] bytes) {
    byte[] all = Arrays.copyOf(held, held.length + bytes.length);
    System.arraycopy(bytes, 0, all, held.length, bytes.length);
    return all;
  }

  /** A text without the secrets, as long as it was. */
  public String text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    blot(bytes, true);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Gives the place up to which nothing can be a secret any more. */
  private int blot(byte[] all, boolean last) {
    int at = 0;
    while (at < all.length) {
      int length = secretAt(all, at);
      if (length > 0) {
        cover(all, at, length);
        at += length;
      } else if (!last && mayBegin(all, at)) {
        return at;
      } else {
        at++;
      }
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
