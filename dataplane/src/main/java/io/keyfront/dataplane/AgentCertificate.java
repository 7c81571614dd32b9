package io.keyfront.dataplane;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that agents see: two PEM files, which somebody may replace while they are in use,
 * as cert-manager does. It blocks, and is for one thread at a time.
 */
final class AgentCertificate {
  private static final int MOST_BYTES = 1 << 20;
  private static final byte[] TO_SIGN = {1};

  private final Vertx vertx;
  private final DataplaneOptions.Tls files;
  private @Nullable Pair known;

  /** What both files hold. */
  private record Pair(Buffer chain, Buffer key) {
    /** Without what it holds. */
    @Override
    public String toString() {
      return "Pair[…]";
    }
  }

  AgentCertificate(Vertx vertx, DataplaneOptions.Tls files) {
    this.vertx = vertx;
    this.files = files;
  }

  /**
   * What the files hold, unless it is what they held when they were last asked.
   *
   * @throws IllegalArgumentException when it is no certificate with its key; the message says so
   *     without a word of the key
   */
  Optional<KeyCertOptions> changed() {
    Pair now = read();
    if (now.equals(known)) {
      return Optional.empty();
    }
    // One may have been read before both were replaced, and the other after.
    if (!now.equals(read())) {
      throw unusable("are being replaced");
    }
    known = now;
    PemKeyCertOptions pem =
        new PemKeyCertOptions().addCertValue(now.chain()).addKeyValue(now.key());
    try {
      requireMatch(keys(pem));
    } catch (GeneralSecurityException | RuntimeException wrong) {
      throw unusable("do not hold a certificate and its key as PEM");
    }
    return Optional.of(pem);
  }

  private Pair read() {
    try {
      return new Pair(bytes(files.certificate()), bytes(files.key()));
    } catch (IOException unreadable) {
      throw unusable("cannot be read");
    }
  }

  private static Buffer bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Buffer.buffer(in.readNBytes(MOST_BYTES));
    }
  }

  private X509KeyManager keys(PemKeyCertOptions pem) throws GeneralSecurityException {
    try {
      return (X509KeyManager) pem.getKeyManagerFactory(vertx).getKeyManagers()[0];
    } catch (Exception wrong) {
      // Its declaration allows any; its message may quote the file.
      throw new GeneralSecurityException("no PEM");
    }
  }

  private static void requireMatch(X509KeyManager keys) throws GeneralSecurityException {
    for (String type : new String[] {"RSA", "EC", "EdDSA"}) {
      String[] names = keys.getServerAliases(type, null);
      if (names != null && Arrays.stream(names).anyMatch(name -> matches(keys, name))) {
        return;
      }
    }
    throw new GeneralSecurityException("no key of the certificate");
  }

  private static boolean matches(X509KeyManager keys, String name) {
    X509Certificate certificate = keys.getCertificateChain(name)[0];
    PrivateKey key = keys.getPrivateKey(name);
    try {
      Signature signature = Signature.getInstance(algorithm(key));
      signature.initSign(key);
      signature.update(TO_SIGN);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(TO_SIGN);
      return signature.verify(signed);
    } catch (GeneralSecurityException other) {
      return false;
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "EdDSA";
    };
  }

  private IllegalArgumentException unusable(String why) {
    return new IllegalArgumentException(
        "The files %s and %s %s: give the certificate with its chain, and its private key."
            .formatted(files.certificate(), files.key(), why));
  }
}
