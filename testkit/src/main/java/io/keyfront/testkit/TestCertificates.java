package io.keyfront.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority made for one test run and a server certificate of its own for {@code
 * localhost} and 127.0.0.1.
 *
 * @param caPem the authority's certificate
 * @param certificatePem the server's certificate
 * @param keyPem the server's private key, PKCS #8
 */
public record TestCertificates(String caPem, String certificatePem, String keyPem) {

  /** Makes fresh keys (P-256) and certificates, valid from 2020 to 2049. */
  public static TestCertificates create() {
    return createFor("localhost");
  }

  /** The same for another DNS name than {@code localhost}. */
  public static TestCertificates createFor(String host) {
    try {
      KeyPair authority = keys();
      KeyPair server = keys();
      byte[] ca = X509.authority("Keyfront Fake CA", authority);
      byte[] leaf = X509.server("Keyfront Fake CA", authority, host, server);
      return new TestCertificates(
          pem("CERTIFICATE", ca),
          pem("CERTIFICATE", leaf),
          pem("PRIVATE KEY", server.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK cannot make a P-256 certificate.", e);
    }
  }

  /** For a Vert.x server. */
  public PemKeyCertOptions serverOptions() {
    return new PemKeyCertOptions()
        .setCertValue(Buffer.buffer(certificatePem))
        .setKeyValue(Buffer.buffer(keyPem));
  }

  /** For a client that trusts this authority and no other. */
  public static SSLContext trusting(String caPem) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "ca",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(caPem.getBytes(US_ASCII))));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("This is no certificate of an authority.", e);
    }
  }

  @Override
  public String toString() {
    return "TestCertificates[fake]";
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static String pem(String label, byte[] der) {
    String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
