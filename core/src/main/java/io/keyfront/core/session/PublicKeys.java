package io.keyfront.core.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Public keys by their {@code kid} (RFC 7517). Several at once let a key be rotated: tokens of the
 * old one are good until it is taken out. Only keys that can check ES256, EdDSA (Ed25519) or RS256
 * are kept, and of a key pair only the public half.
 */
public final class PublicKeys {
  /** Longest key set that is read, in characters. */
  public static final int TEXT_MAX = 64 << 10;

  private static final int RSA_BITS_MIN = 2048;

  private final String text;
  private final Map<String, JWK> keys;

  private PublicKeys(Map<String, JWK> keys) {
    this.keys = keys;
    this.text = new JWKSet(new ArrayList<>(keys.values())).toString(true);
  }

  /**
   * Reads a JWK set.
   *
   * @throws IllegalArgumentException when the text is none, is too long, names a key twice or holds
   *     no key that is usable; the message repeats nothing of it
   */
  public static PublicKeys parse(String jwks) {
    if (jwks.length() > TEXT_MAX) {
      throw new IllegalArgumentException(
          "The JWK set has more than " + TEXT_MAX + " characters: give only the keys in use.");
    }
    try {
      return of(JWKSet.parse(jwks).getKeys());
    } catch (UnusableKeys told) {
      throw told;
    } catch (ParseException | RuntimeException unreadable) {
      throw new UnusableKeys("The text is no JWK set (RFC 7517): give {\"keys\": [...]}.");
    }
  }

  static PublicKeys of(List<JWK> all) {
    Map<String, JWK> usable = new TreeMap<>();
    for (JWK key : all) {
      if (isUsable(key) && usable.put(key.getKeyID(), key.toPublicJWK()) != null) {
        throw new UnusableKeys("The JWK set names a key twice: give each a kid of its own.");
      }
    }
    if (usable.isEmpty()) {
      throw new UnusableKeys(
          "The JWK set holds no key for ES256, EdDSA or RS256 that has a kid: add one.");
    }
    return new PublicKeys(usable);
  }

  private static final class UnusableKeys extends IllegalArgumentException {
    UnusableKeys(String message) {
      super(message);
    }
  }

  private static boolean isUsable(JWK key) {
    boolean signs = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
    return signs
        && key.getKeyID() != null
        && switch (key) {
          case ECKey ec -> Curve.P_256.equals(ec.getCurve());
          case RSAKey rsa -> rsa.size() >= RSA_BITS_MIN;
          case OctetKeyPair pair -> Curve.Ed25519.equals(pair.getCurve());
          default -> false;
        };
  }

  /** The key set as JSON: equal sets give equal texts. */
  public String json() {
    return text;
  }

  /**
   * Whether a key of this {@code kid} made the signature. The key says which algorithm it is for: a
   * header cannot make it anything else.
   */
  boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
    JWK key = header.getKeyID() == null ? null : keys.get(header.getKeyID());
    JWSAlgorithm algorithm = header.getAlgorithm();
    return switch (key) {
      case ECKey ec ->
          algorithm.equals(JWSAlgorithm.ES256)
              && new ECDSAVerifier(ec).verify(header, signed, signature);
      case RSAKey rsa ->
          algorithm.equals(JWSAlgorithm.RS256)
              && new RSASSAVerifier(rsa).verify(header, signed, signature);
      case OctetKeyPair pair ->
          Ed25519.isNamed(algorithm) && Ed25519.verify(pair, signed, signature.decode());
      case null, default -> false;
    };
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof PublicKeys set && text.equals(set.text));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** How many, as nobody wants to read them. */
  @Override
  public String toString() {
    return keys.size() + " public keys";
  }
}
