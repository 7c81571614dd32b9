package io.keyfront.core.token;

import io.keyfront.core.secret.SecretText;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes opaque tokens: {@code kf_} and 32 random bytes in base64url without padding, 46 characters.
 */
public final class TokenMint {
  /** What every opaque token that Keyfront mints begins with. */
  public static final String PREFIX = "kf_";

  /** An adopted token ({@code tokenFrom}) must have at least so many characters. */
  public static final int ADOPTED_MIN_LENGTH = 32;

  private static final int RANDOM_BYTES = 32;

  private final SecureRandom random;

  public TokenMint(SecureRandom random) {
    this.random = random;
  }

  public SecretText mint() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return SecretText.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The form for lists: the first 7 and the last 4 characters. */
  public static String masked(SecretText token) {
    String text = token.reveal();
    return text.length() < 24
        ? "***"
        : text.substring(0, 7) + "…" + text.substring(text.length() - 4);
  }
}
