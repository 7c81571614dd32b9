package io.keyfront.testkit;

import static io.keyfront.testkit.Der.bits;
import static io.keyfront.testkit.Der.context;
import static io.keyfront.testkit.Der.integer;
import static io.keyfront.testkit.Der.octets;
import static io.keyfront.testkit.Der.oid;
import static io.keyfront.testkit.Der.sequence;
import static io.keyfront.testkit.Der.set;
import static io.keyfront.testkit.Der.utcTime;
import static io.keyfront.testkit.Der.utf8;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.concurrent.atomic.AtomicLong;

/** Writes X.509 v3 certificates (RFC 5280), as the JDK has no public means to. */
final class X509 {
  private static final byte[] ECDSA_WITH_SHA256 = sequence(oid(1, 2, 840, 10045, 4, 3, 2));
  private static final byte[] VALIDITY =
      sequence(utcTime("200101000000Z"), utcTime("491231235959Z"));
  private static final int TAG_DNS = 2;
  private static final int TAG_IP = 7;
  private static final AtomicLong SERIALS = new AtomicLong(System.nanoTime());

  private X509() {}

  static byte[] authority(String name, KeyPair keys) throws GeneralSecurityException {
    byte[] isCa = extension(oid(2, 5, 29, 19), sequence(Der.TRUE));
    return certificate(name, keys.getPrivate(), name, keys.getPublic(), isCa);
  }

  /** For a DNS name and 127.0.0.1. */
  static byte[] server(String issuer, KeyPair authority, String host, KeyPair keys)
      throws GeneralSecurityException {
    byte[] names =
        sequence(
            Der.primitive(TAG_DNS, host.getBytes(US_ASCII)),
            Der.primitive(TAG_IP, new byte[] {127, 0, 0, 1}));
    byte[] alternatives = extension(oid(2, 5, 29, 17), names);
    return certificate(issuer, authority.getPrivate(), host, keys.getPublic(), alternatives);
  }

  private static byte[] certificate(
      String issuer, PrivateKey signer, String subject, PublicKey key, byte[] extension)
      throws GeneralSecurityException {
    byte[] toBeSigned =
        sequence(
            context(0, integer(2)),
            integer(SERIALS.incrementAndGet()),
            ECDSA_WITH_SHA256,
            name(issuer),
            VALIDITY,
            name(subject),
            key.getEncoded(),
            context(3, sequence(extension)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer);
    signature.update(toBeSigned);
    return sequence(toBeSigned, ECDSA_WITH_SHA256, bits(signature.sign()));
  }

  private static byte[] name(String commonName) {
    return sequence(set(sequence(oid(2, 5, 4, 3), utf8(commonName))));
  }

  private static byte[] extension(byte[] id, byte[] value) {
    return sequence(id, octets(value));
  }
}
