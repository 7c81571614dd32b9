package io.keyfront.dataplane.authenticate;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The scheme that carries a token in {@code Authorization} (RFC 6750 section 2.1). */
public final class Bearer {
  private static final String SCHEME = "bearer";

  private Bearer() {}

  /**
   * The token of a header, white space around it removed; absent where the header is, or where its
   * scheme is another one. The scheme's case does not matter.
   */
  public static Optional<String> token(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    int end = SCHEME.length();
    boolean parted = header.length() > end && Character.isWhitespace(header.charAt(end));
    return parted ? Optional.of(header.substring(end + 1).strip()) : Optional.empty();
  }
}
