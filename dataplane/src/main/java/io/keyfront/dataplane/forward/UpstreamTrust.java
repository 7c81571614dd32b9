package io.keyfront.dataplane.forward;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Which certificate authorities vouch for providers: the runtime's own, and those of a file. */
public record UpstreamTrust(Optional<TrustOptions> options) {

  /**
   * Loads a PEM file.
   *
   * @throws IllegalArgumentException when the file has no readable certificate
   */
  public static UpstreamTrust of(Optional<Path> pem) {
    return new UpstreamTrust(pem.map(UpstreamTrust::vouching).map(TrustOptions::wrap));
  }

  /**
   * Vouched for by the runtime's own authorities, or by those of a PEM file.
   *
   * @throws IllegalArgumentException when the file has no readable certificate
   */
  public static TrustManager vouching(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (X509Certificate known : defaults()) {
        store.setCertificateEntry("default-" + count++, known);
      }
      for (Certificate extra : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("extra-" + count++, extra);
      }
      return manager(store);
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IllegalArgumentException(
          "The certificates in " + pem + " cannot be read: give a PEM file.", unreadable);
    }
  }

  private static X509Certificate[] defaults() throws GeneralSecurityException {
    return ((X509TrustManager) manager(null)).getAcceptedIssuers();
  }

  private static TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers()[0];
  }
}
