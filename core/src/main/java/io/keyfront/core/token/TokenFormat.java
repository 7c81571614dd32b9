package io.keyfront.core.token;

/** What kind of credential identified the caller. */
public enum TokenFormat {
  /** {@code kf_…} or an adopted string; looked up by its SHA-256. */
  OPAQUE("Opaque"),
  /** A signed token: a backend's session token, or one that Keyfront minted. */
  JWT("JWT"),
  /** What Kubernetes signs for the pods of a ServiceAccount. */
  SERVICE_ACCOUNT("ServiceAccount");

  private final String label;

  TokenFormat(String label) {
    this.label = label;
  }

  /** The word that resources and answers use. */
  public String label() {
    return label;
  }
}
