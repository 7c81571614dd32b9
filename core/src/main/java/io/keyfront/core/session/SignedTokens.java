package io.keyfront.core.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens with public keys: those that Keyfront signs for a MachineToken, and those that
 * Kubernetes signs for a ServiceAccount. Nothing is asked over the network.
 *
 * <p>Sources: RFC 7519; RFC 8725 (the key decides the algorithm, never the header); the claims of
 * Kubernetes' bound tokens on its page "Managing Service Accounts".
 */
public final class SignedTokens {
  /** Clocks may differ by so much, at both ends of a token. */
  public static final Duration SKEW = Duration.ofSeconds(30);

  static final String UID = "uid";

  private static final Set<JWSAlgorithm> WITH_PUBLIC_KEY =
      Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
  private static final String KUBERNETES = "kubernetes.io";
  private static final String ACCOUNT_SUBJECT = "system:serviceaccount:";

  private SignedTokens() {}

  /** Looks at a token with the authority that it names as its issuer. */
  public static SignedVerdict verify(String token, Authorities authorities, Instant now) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!WITH_PUBLIC_KEY.contains(jwt.getHeader().getAlgorithm())) {
        return new SignedVerdict.Foreign();
      }
      Object issuer = jwt.getPayload().toJSONObject().get("iss");
      Optional<TokenAuthority> own = named(authorities.machineTokens(), issuer);
      if (own.isPresent()) {
        return genuine(jwt, own.get(), now, SignedTokens::machineToken);
      }
      Optional<TokenAuthority> cluster = named(authorities.serviceAccounts(), issuer);
      return cluster.isPresent()
          ? genuine(jwt, cluster.get(), now, SignedTokens::serviceAccount)
          : new SignedVerdict.Foreign();
    } catch (ParseException | JOSEException | RuntimeException unreadable) {
      // The text is anybody's, and Nimbus meets some with unchecked exceptions.
      return new SignedVerdict.Invalid(
          "not a readable JWT: " + unreadable.getClass().getSimpleName());
    }
  }

  private static Optional<TokenAuthority> named(
      Optional<TokenAuthority> authority, @Nullable Object issuer) {
    return authority.filter(one -> one.issuer().equals(issuer));
  }

  /** Reads whom claims speak for. */
  private interface Reader {
    SignedCaller caller(JWTClaimsSet claims, Instant expiresAt) throws ParseException;
  }

  private static SignedVerdict genuine(
      SignedJWT jwt, TokenAuthority authority, Instant now, Reader reader)
      throws ParseException, JOSEException {
    if (!authority.keys().verify(jwt.getHeader(), jwt.getSigningInput(), jwt.getSignature())) {
      return new SignedVerdict.Invalid("no key of its issuer made the signature");
    }
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    Date expiry = claims.getExpirationTime();
    if (expiry == null) {
      return new SignedVerdict.Invalid("claim exp is missing");
    }
    if (authority.audiences().stream().noneMatch(claims.getAudience()::contains)) {
      return new SignedVerdict.NotForUs(new TreeSet<>(authority.audiences()).getFirst());
    }
    if (isLater(claims.getNotBeforeTime(), now) || isLater(claims.getIssueTime(), now)) {
      return new SignedVerdict.Invalid("not valid yet");
    }
    Instant expiresAt = expiry.toInstant();
    return isOver(expiresAt, now)
        ? new SignedVerdict.Expired(expiresAt)
        : new SignedVerdict.Genuine(reader.caller(claims, expiresAt));
  }

  /** Whether a token that ends then is refused by now. */
  public static boolean isOver(Instant expiresAt, Instant now) {
    return !expiresAt.plus(SKEW).isAfter(now);
  }

  private static boolean isLater(@Nullable Date time, Instant now) {
    return time != null && time.toInstant().isAfter(now.plus(SKEW));
  }

  private static SignedCaller machineToken(JWTClaimsSet claims, Instant expiresAt)
      throws ParseException {
    String[] subject = required(claims.getSubject(), "sub").split("/", -1);
    Date issuedAt = claims.getIssueTime();
    if (subject.length != 2 || issuedAt == null) {
      throw new ParseException("a claim is missing", 0);
    }
    return new SignedCaller.OfMachineToken(
        required(claims.getStringClaim(UID), UID),
        subject[0],
        subject[1],
        required(claims.getJWTID(), "jti"),
        issuedAt.toInstant(),
        expiresAt);
  }

  private static SignedCaller serviceAccount(JWTClaimsSet claims, Instant expiresAt)
      throws ParseException {
    Map<?, ?> kubernetes = map(claims.getClaim(KUBERNETES));
    Map<?, ?> account = map(kubernetes.get("serviceaccount"));
    String namespace = text(kubernetes, "namespace");
    String name = text(account, "name");
    String subject = ACCOUNT_SUBJECT + namespace + ":" + name;
    if (!subject.equals(claims.getSubject())) {
      throw new ParseException("sub is not that of the claims", 0);
    }
    Optional<SignedCaller.Pod> pod =
        kubernetes.get("pod") == null
            ? Optional.empty()
            : Optional.of(pod(map(kubernetes.get("pod"))));
    return new SignedCaller.OfServiceAccount(namespace, name, text(account, UID), pod, expiresAt);
  }

  private static SignedCaller.Pod pod(Map<?, ?> pod) throws ParseException {
    return new SignedCaller.Pod(text(pod, "name"), text(pod, UID));
  }

  private static Map<?, ?> map(@Nullable Object claim) throws ParseException {
    if (claim instanceof Map<?, ?> map) {
      return map;
    }
    throw new ParseException("a claim is missing", 0);
  }

  private static String text(Map<?, ?> claims, String name) throws ParseException {
    return required(claims.get(name) instanceof String text ? text : null, name);
  }

  private static String required(@Nullable String claim, String name) throws ParseException {
    if (claim == null || claim.isBlank()) {
      throw new ParseException("claim " + name + " is missing", 0);
    }
    return claim;
  }
}
