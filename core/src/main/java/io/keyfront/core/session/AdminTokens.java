package io.keyfront.core.session;

import com.nimbusds.jwt.JWTClaimsSet;
import io.keyfront.core.secret.SecretText;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mints and verifies admin JWTs: role {@code admin}, permission {@code usage:read}, or one of both
 * as scope.
 */
public final class AdminTokens {
  private static final String READ = "usage:read";
  private static final String ADMIN = "admin";

  private AdminTokens() {}

  /**
   * Signs an admin token with the permission {@code usage:read}.
   *
   * @throws IllegalArgumentException when the secret has less than 32 bytes
   */
  public static String mint(
      String subject, String audience, SecretText secret, Instant now, Instant expiresAt) {
    SessionIssuer.requireStrong(secret, "admin tokens");
    return SessionTokens.signed(
        new JWTClaimsSet.Builder()
            .subject(subject)
            .audience(audience)
            .claim("permissions", List.of(READ))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(expiresAt))
            .build(),
        secret);
  }

  public static AdminVerdict verify(String token, AdminIssuer issuer, Instant now) {
    return switch (SignedClaims.read(token, issuer.secret(), issuer.audiences(), now)) {
      case SignedClaims.Refused(String reason) -> new AdminVerdict.Invalid(reason);
      case SignedClaims.Expired(Instant at) -> new AdminVerdict.Expired(at);
      case SignedClaims.Genuine genuine -> judged(genuine.claims());
    };
  }

  private static AdminVerdict judged(JWTClaimsSet claims) {
    String subject = claims.getSubject();
    if (subject == null || subject.isBlank()) {
      return new AdminVerdict.Invalid("claim sub is missing");
    }
    boolean granted =
        ADMIN.equals(claims.getClaim("role"))
            || (claims.getClaim("permissions") instanceof Collection<?> list && list.contains(READ))
            || byScope(claims.getClaim("scope"));
    return granted ? new AdminVerdict.Granted(subject) : new AdminVerdict.NoRight();
  }

  /** The claim {@code scope} is a list, or one text with blanks between (RFC 8693 section 4.2). */
  private static boolean byScope(@Nullable Object claim) {
    Collection<?> scope =
        switch (claim) {
          case Collection<?> list -> list;
          case String text -> List.of(text.split(" ", -1));
          case null, default -> List.of();
        };
    return scope.contains(READ) || scope.contains(ADMIN);
  }
}
