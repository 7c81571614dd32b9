package io.keyfront.core.snapshot;

/** Names a ProviderCredential. */
public record CredentialId(String namespace, String name) {
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
