package io.keyfront.dataplane.intake;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Gives every exchange its id: the client's own when it is presentable, else a new one. */
final class RequestIds {
  static final int MAX_LENGTH = 128;

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
    HexFormat hex = HexFormat.of();
    return "req_" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextInt());
  }
}
