package io.keyfront.core.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.keyfront.core.secret.SecretText;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/**
 * The checks that every HS256 token has to pass, whoever it is for. Nimbus does the cryptography.
 */
sealed interface SignedClaims {
  /** A token that starts to be valid within this span is accepted; an expired one never is. */
  Duration NOT_BEFORE_SKEW = Duration.ofSeconds(30);

  /** Signature, audience and times hold. */
  record Genuine(JWTClaimsSet claims, Instant expiresAt) implements SignedClaims {}

  /** All holds but the expiry. */
  record Expired(Instant at) implements SignedClaims {}

  /** Something does not hold. */
  record Refused(String reason) implements SignedClaims {}

  static SignedClaims read(String token, SecretText secret, Set<String> audiences, Instant now) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
        return new Refused("algorithm is not HS256");
      }
      if (!jwt.verify(new MACVerifier(secret.bytes()))) {
        return new Refused("signature does not verify");
      }
      if (!(jwt.getPayload().toJSONObject().get("sub") instanceof String)) {
        return new Refused("claim sub is no string"); // Nimbus would make one of a number
      }
      return checked(jwt.getJWTClaimsSet(), audiences, now);
    } catch (ParseException | JOSEException | RuntimeException unreadable) {
      // The text is anybody's, and Nimbus meets some with a NullPointerException (a header of
      // null).
      return new Refused("not a readable JWT: " + unreadable.getClass().getSimpleName());
    }
  }

  private static SignedClaims checked(JWTClaimsSet claims, Set<String> audiences, Instant now) {
    if (audiences.stream().noneMatch(claims.getAudience()::contains)) {
      return new Refused("audience is not ours");
    }
    Date expiry = claims.getExpirationTime();
    if (expiry == null) {
      return new Refused("claim exp is missing");
    }
    Date notBefore = claims.getNotBeforeTime();
    if (notBefore != null && notBefore.toInstant().isAfter(now.plus(NOT_BEFORE_SKEW))) {
      return new Refused("not valid yet");
    }
    Instant expiresAt = expiry.toInstant();
    return expiresAt.isAfter(now) ? new Genuine(claims, expiresAt) : new Expired(expiresAt);
  }
}
