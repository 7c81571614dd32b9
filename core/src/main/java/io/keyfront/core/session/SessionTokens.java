package io.keyfront.core.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.keyfront.core.secret.SecretText;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Mints and verifies HS256 session tokens: the claims of the TypeScript predecessor, so its callers
 * can stay.
 */
public final class SessionTokens {
  private SessionTokens() {}

  /**
   * Signs a session token.
   *
   * @param audience one that the verifier accepts, usually {@link SessionIssuer#DEFAULT_AUDIENCE}
   * @param secret at least 32 bytes
   * @throws IllegalArgumentException when the secret is too short
   */
  public static String mint(SessionClaims claims, String audience, SecretText secret, Instant now) {
    SessionIssuer.requireStrong(secret, "session tokens");
    JWTClaimsSet.Builder set =
        new JWTClaimsSet.Builder()
            .subject(claims.subject())
            .audience(audience)
            .claim("provider", claims.provider())
            .claim("credentialId", claims.credentialId())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(claims.expiresAt()));
    claims.budget().ifPresent(budget -> set.claim("budget", budget));
    return signed(set.build(), secret);
  }

  static String signed(JWTClaimsSet claims, SecretText secret) {
    try {
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new MACSigner(secret.bytes()));
      return jwt.serialize();
    } catch (JOSEException cannotSign) {
      throw new IllegalArgumentException(
          "The signing secret cannot be used for HS256.", cannotSign);
    }
  }

  /** Looks at a token with each issuer in turn; the last refusal counts when none knows it. */
  public static SessionVerdict verify(String token, List<SessionIssuer> issuers, Instant now) {
    SessionVerdict verdict = new SessionVerdict.Invalid("no issuer is configured");
    for (SessionIssuer issuer : issuers) {
      verdict = verify(token, issuer, now);
      if (!(verdict instanceof SessionVerdict.Invalid)) {
        return verdict;
      }
    }
    return verdict;
  }

  private static SessionVerdict verify(String token, SessionIssuer issuer, Instant now) {
    return switch (SignedClaims.read(token, issuer.secret(), issuer.audiences(), now)) {
      case SignedClaims.Refused(String reason) -> new SessionVerdict.Invalid(reason);
      case SignedClaims.Expired(Instant at) -> new SessionVerdict.Expired(at);
      case SignedClaims.Genuine genuine -> claims(genuine, issuer);
    };
  }

  private static SessionVerdict claims(SignedClaims.Genuine genuine, SessionIssuer issuer) {
    JWTClaimsSet set = genuine.claims();
    try {
      return new SessionVerdict.Valid(
          issuer,
          new SessionClaims(
              text(set.getSubject()),
              text(set.getStringClaim("provider")),
              text(set.getStringClaim("credentialId")),
              budget(set),
              genuine.expiresAt()));
    } catch (ParseException | IllegalArgumentException wrong) {
      return new SessionVerdict.Invalid("a claim is missing or of the wrong type");
    }
  }

  private static String text(@Nullable String claim) {
    return claim == null ? "" : claim;
  }

  /** A fraction is rounded down: the predecessor took any number. */
  private static OptionalLong budget(JWTClaimsSet set) {
    if (!set.getClaims().containsKey("budget")) {
      return OptionalLong.empty();
    }
    if (set.getClaim("budget") instanceof Number number
        && Double.isFinite(number.doubleValue())
        && number.doubleValue() >= 0) {
      return OptionalLong.of(number.longValue());
    }
    throw new IllegalArgumentException("The claim budget must be a number, 0 or more.");
  }
}
