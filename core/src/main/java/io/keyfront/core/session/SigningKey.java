package io.keyfront.core.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import io.keyfront.core.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * A key pair that signs tokens of format JWT: ES256, or EdDSA over Ed25519. It is kept as JWK JSON
 * inside a {@link SecretText}.
 */
public final class SigningKey {
  private static final String UNUSABLE =
      "The text is no private JWK with a kid for ES256 or Ed25519: delete it to have one made.";

  private final JWK key;

  private SigningKey(JWK key) {
    this.key = key;
  }

  /** What a key is for. */
  public enum Kind {
    /** ES256: ECDSA over P-256. */
    ES256,
    /** EdDSA over Ed25519. */
    ED25519
  }

  /**
   * Makes a key.
   *
   * @param kid tells it from others of the issuer; not blank
   */
  public static SigningKey generate(Kind kind, String kid) {
    try {
      return new SigningKey(
          switch (kind) {
            case ES256 -> new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
            case ED25519 -> Ed25519.generate(kid);
          });
    } catch (JOSEException impossible) {
      throw new IllegalStateException("Every Java runtime has P-256.", impossible);
    }
  }

  /**
   * Makes a key whose {@code kid} is its thumbprint (RFC 7638), so that no two keys have one.
   *
   * @param now kept with it, to the second
   */
  public static SigningKey make(Kind kind, Instant now) {
    try {
      JWK key = generate(kind, "made").key;
      Date issued = Date.from(now.truncatedTo(ChronoUnit.SECONDS));
      return new SigningKey(
          switch (key) {
            case ECKey ec -> new ECKey.Builder(ec).keyIDFromThumbprint().issueTime(issued).build();
            case OctetKeyPair pair ->
                new OctetKeyPair.Builder(pair).keyIDFromThumbprint().issueTime(issued).build();
            default -> throw new IllegalStateException("Only two kinds of keys sign.");
          });
    } catch (JOSEException impossible) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", impossible);
    }
  }

  /**
   * Reads a key that was kept.
   *
   * @throws IllegalArgumentException when it is none that can sign; the message repeats nothing of
   *     it
   */
  public static SigningKey parse(SecretText jwk) {
    try {
      return of(JWK.parse(jwk.reveal()));
    } catch (ParseException | RuntimeException unreadable) {
      throw new IllegalArgumentException(UNUSABLE); // without the text, and without its cause
    }
  }

  /**
   * @throws IllegalArgumentException when it is none that can sign, or its halves do not belong
   *     together
   */
  static SigningKey of(JWK read) {
    if (read.isPrivate() && read.getKeyID() != null && isKnown(read)) {
      SigningKey key = new SigningKey(read);
      if (key.isWhole()) {
        return key;
      }
    }
    throw new IllegalArgumentException(UNUSABLE);
  }

  /** Whether its public half accepts what its private half signs. */
  private boolean isWhole() {
    byte[] probe = {1, 2, 3};
    JWSHeader header = new JWSHeader.Builder(algorithm()).keyID(kid()).build();
    try {
      return PublicKeys.of(List.of(key)).verify(header, probe, signature(header, probe));
    } catch (JOSEException | RuntimeException unusable) {
      return false;
    }
  }

  private static boolean isKnown(JWK key) {
    return switch (key) {
      case ECKey ec -> Curve.P_256.equals(ec.getCurve());
      case OctetKeyPair pair -> Curve.Ed25519.equals(pair.getCurve());
      default -> false;
    };
  }

  public String kid() {
    return key.getKeyID();
  }

  /** When it was made; the epoch where it does not say. */
  public Instant madeAt() {
    Date issued = key.getIssueTime();
    return issued == null ? Instant.EPOCH : issued.toInstant();
  }

  JWK pair() {
    return key;
  }

  /** The private key as JWK JSON. */
  public SecretText jwk() {
    return SecretText.of(key.toJSONString());
  }

  /** The public halves, to be published; those that signed tokens which still live among them. */
  public static PublicKeys publicKeys(Collection<SigningKey> keys) {
    return PublicKeys.of(keys.stream().map(one -> one.key).toList());
  }

  /**
   * Signs a token that stands for a MachineToken.
   *
   * @param uid the MachineToken's UID, by which the proxy finds what it may do
   * @param audience one that the {@link TokenAuthority} accepts
   * @param expiresAt after {@code now}; at most the end of the MachineToken
   */
  public SecretText mint(
      String namespace, String name, String uid, String audience, Instant now, Instant expiresAt) {
    if (!expiresAt.isAfter(now)) {
      throw new IllegalArgumentException(
          "A token that ends at " + expiresAt + " is of no use at " + now + ": let it live.");
    }
    return SecretText.of(
        signed(
            new JWTClaimsSet.Builder()
                .issuer(TokenAuthority.KEYFRONT)
                .subject(namespace + "/" + name)
                .audience(audience)
                .claim(SignedTokens.UID, uid)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .build()));
  }

  private String signed(JWTClaimsSet claims) {
    JWSHeader header =
        new JWSHeader.Builder(algorithm()).type(JOSEObjectType.JWT).keyID(kid()).build();
    String input = header.toBase64URL() + "." + claims.toPayload().toBase64URL();
    return input + "." + signature(header, input.getBytes(StandardCharsets.US_ASCII));
  }

  private JWSAlgorithm algorithm() {
    return key instanceof ECKey ? JWSAlgorithm.ES256 : JWSAlgorithm.EdDSA;
  }

  private Base64URL signature(JWSHeader header, byte[] input) {
    try {
      return switch (key) {
        case ECKey ec -> new ECDSASigner(ec).sign(header, input);
        case OctetKeyPair pair -> Base64URL.encode(Ed25519.sign(pair, input));
        default -> throw new IllegalStateException("Only two kinds of keys sign.");
      };
    } catch (JOSEException cannotSign) {
      throw new IllegalStateException("The key cannot sign.", cannotSign);
    }
  }

  /** Never the private half. */
  @Override
  public String toString() {
    return "signing key " + kid();
  }
}
