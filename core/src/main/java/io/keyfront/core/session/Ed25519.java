package io.keyfront.core.session;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * EdDSA over Ed25519 (RFC 8037) with the JDK, as Nimbus wants Google Tink for it. Both encodings of
 * RFC 8410 are a fixed beginning and the 32 bytes of the key.
 */
final class Ed25519 {
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final int KEY_BYTES = 32;
  private static final String NAME = "Ed25519";

  private Ed25519() {}

  /** {@code EdDSA}, or {@code Ed25519} since RFC 9864. */
  static boolean isNamed(JWSAlgorithm algorithm) {
    return algorithm.equals(JWSAlgorithm.EdDSA) || algorithm.equals(JWSAlgorithm.Ed25519);
  }

  static boolean verify(OctetKeyPair key, byte[] signed, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(NAME);
      verifier.initVerify(
          KeyFactory.getInstance(NAME)
              .generatePublic(new X509EncodedKeySpec(join(X509, key.getDecodedX()))));
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException unusable) {
      return false;
    }
  }

  /**
   * @throws IllegalArgumentException when the key has no private half
   */
  static byte[] sign(OctetKeyPair key, byte[] bytes) {
    try {
      Signature signer = Signature.getInstance(NAME);
      signer.initSign(
          KeyFactory.getInstance(NAME)
              .generatePrivate(new PKCS8EncodedKeySpec(join(PKCS8, key.getDecodedD()))));
      signer.update(bytes);
      return signer.sign();
    } catch (GeneralSecurityException unusable) {
      throw new IllegalArgumentException("The key cannot sign with Ed25519.", unusable);
    }
  }

  static OctetKeyPair generate(String kid) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(NAME).generateKeyPair();
      return new OctetKeyPair.Builder(Curve.Ed25519, last(pair.getPublic().getEncoded()))
          .d(last(pair.getPrivate().getEncoded()))
          .keyID(kid)
          .build();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java runtime has Ed25519.", impossible);
    }
  }

  private static Base64URL last(byte[] encoded) {
    return Base64URL.encode(
        Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
  }

  private static byte[] join(byte[] beginning, byte[] key) {
    byte[] whole = Arrays.copyOf(beginning, beginning.length + key.length);
    System.arraycopy(key, 0, whole, beginning.length, key.length);
    return whole;
  }
}
