package io.keyfront.dataplane.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Gives every exchange its id: the client's own when it is presentable, else a new one. */
final class RequestIds {
  static final int MAX_LENGTH = 128;

  private static final byte[] PREFIX = {'r', 'e', 'q', '_'};
  private static final int MINTED_DIGITS = 24;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  private RequestIds() {}

  static String of(@Nullable String offered, String otherwise) {
    return offered != null && presentable(offered) ? offered : otherwise;
  }

  private static boolean presentable(String id) {
    if (id.isEmpty() || id.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && c != '-' && c != '_' && c != '.' && c != ':') {
        return false;
      }
    }
    return true;
  }

  /** Unique, not secret: no need for a cryptographic source. */
  static String minted() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] id = Arrays.copyOf(PREFIX, PREFIX.length + MINTED_DIGITS);
    putHex(id, PREFIX.length, PREFIX.length + 16, random.nextLong());
    putHex(id, PREFIX.length + 16, id.length, random.nextLong());
    return new String(id, StandardCharsets.ISO_8859_1);
  }

  private static void putHex(byte[] text, int from, int to, long bits) {
    long rest = bits;
    for (int at = from; at < to; at++) {
      text[at] = HEX[(int) rest & 15];
      rest >>>= 4;
    }
  }
}
