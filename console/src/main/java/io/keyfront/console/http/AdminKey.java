package io.keyfront.console.http;

import io.keyfront.console.fault.CallFault;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenMint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The admin token and who shows it. */
public final class AdminKey {
  /** What every admin token that Keyfront makes begins with. */
  public static final String PREFIX = "kf_admin_";

  private static final int RANDOM_BYTES = 32;
  private static final String BEARER = "bearer ";

  private final SecretText token;

  public AdminKey(SecretText token) {
    this.token = token;
  }

  /** A new admin token: {@value #PREFIX} and 32 random bytes in base64url without padding. */
  public static SecretText mint(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return SecretText.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * Lets a call through that shows the admin token in one of its headers.
   *
   * @param authorization the values of {@code Authorization}
   * @param adminToken the values of {@code x-admin-token}
   * @throws io.keyfront.console.fault.AdminRefused for any other call
   */
  void require(List<String> authorization, List<String> adminToken) {
    List<String> shown =
        Stream.concat(authorization.stream().flatMap(AdminKey::bearer), adminToken.stream())
            .map(String::strip)
            .toList();
    if (shown.stream().anyMatch(this::isRight)) {
      return;
    }
    boolean machine =
        shown.stream()
            .anyMatch(text -> text.startsWith(TokenMint.PREFIX) && !text.startsWith(PREFIX));
    throw (machine ? new CallFault.NotAdmin() : new CallFault.Unauthenticated()).refused();
  }

  private boolean isRight(String text) {
    return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), token.bytes());
  }

  private static Stream<String> bearer(String authorization) {
    return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? Stream.of(authorization.substring(BEARER.length()))
        : Stream.empty();
  }
}
