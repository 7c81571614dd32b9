package io.keyfront.dataplane.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/**
 * Trusts the authority that a cluster names for its API server, and no other. The client would read
 * the system's list of authorities beside it, which costs a starting proxy more than anything else
 * that it does with the cluster; an empty list in a file is read in its place.
 */
final class OwnAuthority {
  private static final char[] NO_SECRET = "empty".toCharArray();

  private OwnAuthority() {}

  /** The same access; untouched where it names no authority, or a list of its own. */
  static Config only(Config access) {
    boolean named = access.getCaCertFile() != null || access.getCaCertData() != null;
    if (!named || access.getTrustStoreFile() != null) {
      return access;
    }
    try {
      return new ConfigBuilder(access)
          .withTrustStoreFile(empty().toString())
          .withTrustStorePassphrase(String.valueOf(NO_SECRET))
          .build();
    } catch (IOException | GeneralSecurityException unwritable) {
      return access; // slower, and as good
    }
  }

  private static Path empty() throws IOException, GeneralSecurityException {
    KeyStore none = KeyStore.getInstance("JKS");
    none.load(null, null);
    Path file = Files.createTempFile("keyfront-authorities", ".jks");
    file.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(file)) {
      none.store(out, NO_SECRET);
    }
    return file;
  }
}
