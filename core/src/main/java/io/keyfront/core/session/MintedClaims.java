package io.keyfront.core.session;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/**
 * What a signed token says of itself, for the one who made it. Nothing of it is verified: whoever
 * is presented a token asks {@link SignedTokens}.
 *
 * @param kid of the key that it says has signed it
 * @param expiresAt its {@code exp}
 */
public record MintedClaims(String kid, Instant expiresAt) {
  /** How the header of every JWT begins: a brace and a quote in base64. */
  private static final String BEGINNING = "ey";

  /** Empty for what is no JWT, or lacks one of the two. */
  public static Optional<MintedClaims> read(String token) {
    if (!token.startsWith(BEGINNING)) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      String kid = jwt.getHeader().getKeyID();
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      Date expiry = claims.getExpirationTime();
      return kid == null || expiry == null
          ? Optional.empty()
          : Optional.of(new MintedClaims(kid, expiry.toInstant()));
    } catch (ParseException | RuntimeException unreadable) {
      // The text may be anybody's, and Nimbus meets some with unchecked exceptions.
      return Optional.empty();
    }
  }
}
